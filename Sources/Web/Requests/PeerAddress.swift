import HTTPTypes

/// Finds the address that asks, past proxies of ours.
enum PeerAddress {
    /// - Parameters:
    ///   - connection: The other end of the connection.
    ///   - proxies: How many proxies append to `X-Forwarded-For`, the last of them being `connection`.
    /// - Returns: With n proxies the n-th entry from the right: what stands further left, anybody can have written. The end
    ///   of the connection if there is no such entry or it is no address.
    static func resolve(connection: String, forwarded: [String], proxies: Int) -> String {
        guard proxies > 0 else { return connection }
        let entries = forwarded.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
        guard entries.count >= proxies else { return connection }
        return address(entries[entries.count - proxies]) ?? connection
    }

    /// An IPv4 or IPv6 address as it may stand in the header, without brackets and port.
    private static func address(_ entry: Substring) -> String? {
        var text = entry.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        if text.first == "[" {
            text = text.dropFirst().prefix { $0 != "]" }
        } else if text.filter({ $0 == ":" }).count == 1 {
            text = text.prefix { $0 != ":" }
        }
        guard (2...45).contains(text.utf8.count), text.contains(".") || text.contains(":"),
            text.utf8.allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
                    || byte == 0x2E || byte == 0x3A
            })
        else { return nil }
        return text.lowercased()
    }

    /// The name under which an address's rate is counted: one household of IPv6 (/64) counts once.
    static func rateKey(_ address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        let halves = address.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        var groups = halves[0].split(separator: ":").map(String.init)
        if halves.count == 2 {
            let tail = halves[1].split(separator: ":").map(String.init)
            groups += Array(repeating: "0", count: max(0, 8 - groups.count - tail.count)) + tail
        }
        return groups.prefix(4).joined(separator: ":") + "::/64"
    }
}

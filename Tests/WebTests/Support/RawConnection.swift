import Foundation

/// A plain TCP connection for bytes that no client library would send, with a deadline on every read. Each call blocks
/// a thread of its own: those of Swift's pool are few and the server needs them, and Dispatch's may all be taken.
final class RawConnection: Sendable {
    struct Failed: Error {}

    private let socket: Int32

    init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = socket
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(file, $0, size) }
        }
        guard result == 0 else { throw Failed() }
        var timeout = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    /// Sends bytes; false when the other side has gone.
    @discardableResult
    func send(_ text: String) async -> Bool { await Self.onThread { self.sendNow(text) } }

    /// Sends some text again and again, with a pause after each; how often it was taken before the other side had gone.
    func trickle(_ text: String, times: Int, pause: UInt32 = 0) async -> Int {
        await Self.onThread {
            var sent = 0
            while sent < times, self.sendNow(text) {
                sent += 1
                if pause > 0 { usleep(pause) }
            }
            return sent
        }
    }

    /// Reads until the other side closes, or until the text is there.
    /// - Returns: What came, and whether the other side closed.
    func read(until wanted: String? = nil) async -> (text: String, isClosed: Bool) {
        await Self.onThread { self.readNow(until: wanted) }
    }

    private static func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }

    private func sendNow(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let sent = bytes[start...].withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            start += sent
        }
        return true
    }

    private func readNow(until wanted: String?) -> (text: String, isClosed: Bool) {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let wanted, String(decoding: all, as: UTF8.self).contains(wanted) { break }
            let count = recv(socket, &buffer, buffer.count, 0)
            if count < 0 { return (String(decoding: all, as: UTF8.self), errno == ECONNRESET) }
            if count == 0 { return (String(decoding: all, as: UTF8.self), true) }
            all += buffer[..<count]
        }
        return (String(decoding: all, as: UTF8.self), false)
    }
}

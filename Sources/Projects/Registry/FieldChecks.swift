import Standards

/// Collects what is wrong with texts.
struct TextCheck {
    var faults: [ProjectFault] = []

    /// - Parameter lines: Whether line breaks and tabs may stand in it.
    mutating func text(_ text: String, _ path: String, _ limit: Int, lines: Bool = false) {
        if text.unicodeScalars.count > limit {
            faults.append(ProjectFault(.tooLong, at: path, ["limit": String(limit)]))
        }
        let isBroken = text.unicodeScalars.contains { scalar in
            guard scalar.properties.generalCategory == .control else { return false }
            return !(lines && (scalar == "\n" || scalar == "\r" || scalar == "\t"))
        }
        if isBroken { faults.append(ProjectFault(.controlCharacter, at: path)) }
    }

    mutating func names(_ names: [String], _ path: String) {
        if names.count > Project.Limit.formerNames {
            faults.append(ProjectFault(.tooMany, at: path, ["limit": String(Project.Limit.formerNames)]))
        }
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            let place = "\(path)/\(index)"
            if name.allSatisfy(\.isWhitespace) { faults.append(ProjectFault(.missing, at: place)) }
            text(name, place, Project.Limit.name)
            if !seen.insert(name).inserted { faults.append(ProjectFault(.duplicate, at: place)) }
        }
    }
}

extension ProjectDocument {
    var hasDigest: Bool {
        digest.utf8.count == 64
            && digest.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// A name of at most 255 bytes that no file system takes for a path, and no page for markup of direction.
    var hasFileName: Bool {
        let scalars = fileName.unicodeScalars
        return (1...255).contains(fileName.utf8.count) && fileName != "." && fileName != ".."
            && !scalars.contains {
                $0 == "/" || $0 == "\\" || $0.properties.generalCategory == .control
                    || $0.properties.generalCategory == .format
            }
    }

    /// Type and subtype as RFC 6838, section 4.2, lets them be named.
    var hasMediaType: Bool {
        let parts = mediaType.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                (1...127).contains(part.utf8.count)
                    && part.first.map { $0.isASCII && ($0.isLetter || $0.isNumber) } == true
                    && part.utf8.allSatisfy(Self.isNameByte)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$&-^_.+".utf8.contains(byte)
        }
    }
}

extension ProjectContact {
    /// One @ with something on both sides; whether mail arrives only sending it shows.
    var hasEmail: Bool {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && email.utf8.count <= 254 && parts.allSatisfy { !$0.isEmpty }
            && !email.unicodeScalars.contains {
                $0.properties.isWhitespace || $0.properties.generalCategory == .control
            }
    }

    /// Five to twenty digits, with what people put between them.
    var hasTelephone: Bool {
        let digits = telephone.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return (5...20).contains(digits) && telephone.utf8.count <= 40
            && telephone.unicodeScalars.allSatisfy {
                $0.value < 0x80 && (("0"..."9").contains($0) || " +-()/.,x".unicodeScalars.contains($0))
            }
    }
}

extension FactKind {
    /// Whether a value is one that the fact can have.
    func admits(_ value: FactValue) -> Bool {
        switch (self, value) {
        case (.number(_, let minimum, let maximum), .number(let number)):
            number.isFinite && number >= minimum ?? number && number <= maximum ?? number
        case (.yesNo, .yesNo): true
        case (.choice(let choices), .choice(let id)): choices.contains { $0.id == id }
        default: false
        }
    }
}

import HTTPTypes
import Hummingbird
import Seeded
import Testing

@testable import Web

@Suite("Downloads and states of things")
struct ResponseTests {
    /// RFC 6266, 5 and RFC 8187, 3.2.2: the euro sign and the pound sign of their examples.
    @Test("Names of files go out as RFC 6266 and RFC 8187 have it, Chinese ones too")
    func names() {
        #expect(Download.disposition("statement.xlsx") == "attachment; filename=\"statement.xlsx\"")
        #expect(
            Download.disposition("€ rates") == "attachment; filename=\"_ rates\"; filename*=UTF-8''%E2%82%AC%20rates")
        #expect(Download.disposition("£ and € rates").hasSuffix("filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates"))
        #expect(
            Download.disposition("绿色台账.csv")
                == "attachment; filename=\"____.csv\"; filename*=UTF-8''%E7%BB%BF%E8%89%B2%E5%8F%B0%E8%B4%A6.csv")
    }

    @Test("No name breaks out of the header, names a folder or hides its ending")
    func hostile() {
        var random = SeededGenerator(seed: 5)
        let letters = Array("a.\\/\"\r\n;:%\u{0}\u{202E}\u{200B}绿'*= ")
        for _ in 0..<2000 {
            let name = String(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
            let text = Download.disposition(name)
            #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            #expect(text.filter { $0 == "\"" }.count == 2)
            #expect(!text.dropFirst(11).contains("/") && !text.contains("\\") && !text.contains("filename=\"."))
            #expect(!text.contains("%2F") && !text.contains("%E2%80%AE"))
        }
        #expect(Download.disposition("..") == "attachment; filename=\"download\"")
        #expect(
            Download.headers(fileName: "a.html", mediaType: "text/html")[.contentSecurityPolicy]?.hasPrefix("sandbox")
                == true)
    }

    /// RFC 9110, 8.8.3.2, table 3.
    @Test("Tags compare strongly and weakly as RFC 9110 tabulates")
    func comparison() {
        let (weak1, weak2) = (EntityTag("1", isWeak: true), EntityTag("2", isWeak: true))
        let strong = EntityTag("1")
        #expect(!weak1.isSame(as: weak1) && !weak1.isSame(as: weak2) && !weak1.isSame(as: strong))
        #expect(strong.isSame(as: strong))
        func unchanged(_ field: String, _ tag: EntityTag) -> Bool {
            Precondition.isUnchanged([.ifNoneMatch: field], tag: tag)
        }
        #expect(unchanged("W/\"1\"", weak1) && !unchanged("W/\"1\"", weak2))
        #expect(unchanged("W/\"1\"", strong) && unchanged("\"1\"", strong))
        #expect(unchanged("\"xyzzy\", W/\"r2d2xxxx\", \"1\"", strong) && unchanged("*", strong))
        #expect(!unchanged("1", strong) && !unchanged("", strong))
    }

    @Test("A writer must have seen the present state")
    func ifMatch() throws {
        let tag = EntityTag(version: 3)
        func check(_ field: String?, required: Bool = true) throws(Problem) {
            var headers = HTTPFields()
            headers[.ifMatch] = field
            try Precondition.check(headers, tag: tag, isRequired: required)
        }
        try check("\"v3\"")
        try check("\"v2\", \"v3\"")
        try check("*")
        try check(nil, required: false)
        #expect(throws: Problem.preconditionRequired) { try check(nil) }
        for wrong in ["\"v2\"", "W/\"v3\"", "v3", "\"v3", ""] {
            #expect(throws: Problem.preconditionFailed) { try check(wrong) }
        }
    }

    @Test("Lists of tags of any bytes are read without a crash")
    func fuzz() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<3000 {
            let text = String(
                (0..<Int.random(in: 0...16, using: &random)).map { _ in
                    "W/\"a, *\t绿".randomElement(using: &random) ?? "a"
                })
            if case .tags(let tags) = EntityTagList([text]) { #expect(!tags.isEmpty) }
        }
    }
}

import Testing
import Vocabulary

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("all but unreserved characters of RFC 3986, section 2.3, are encoded byte by byte")
    func unreserved() {
        #expect(PercentEncoding.encoded("AZaz09-._~") == "AZaz09-._~")
        #expect(PercentEncoding.encoded(" %&=?#/+\n") == "%20%25%26%3D%3F%23%2F%2B%0A")
        // RFC 3986, section 2.5.
        #expect(PercentEncoding.encoded("\u{C0} \u{30A2}") == "%C3%80%20%E3%82%A2")
    }

    @Test("fields become a query whose parts cannot be taken for its signs")
    func query() {
        #expect(PercentEncoding.query([("name", "a&b=c"), ("region", "")]) == "name=a%26b%3Dc&region=")
        #expect(PercentEncoding.query([]) == "")
    }

    @Test("other bytes stay plain where the place allows them")
    func keeping() {
        #expect(PercentEncoding.encoded("a!b c", keeping: Set("ab!".utf8)) == "a!b%20%63")
    }
}

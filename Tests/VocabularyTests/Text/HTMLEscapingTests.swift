import Testing
import Vocabulary

@Suite("Text in HTML")
struct HTMLEscapingTests {
    @Test("the five characters that mean something in markup are written as references, whatever follows them")
    func escaping() {
        #expect(HTMLEscaping.escaped("<b id=\"x\">R&D's</b>") == "&lt;b id=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/b&gt;")
        #expect(HTMLEscaping.escaped("<\u{301}") == "&lt;\u{301}")
    }

    @Test("other text stays as it is")
    func plain() {
        for text in ["", "10kV配电网 §4.2", "\u{0}\n"] { #expect(HTMLEscaping.escaped(text) == text) }
    }
}

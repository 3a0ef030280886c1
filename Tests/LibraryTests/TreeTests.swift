import Testing
import Vocabulary

@testable import Library

@Suite("YAML as rule files are read")
struct TreeTests {
    private func fault(_ text: String) -> LibraryFault? {
        do throws(LibraryFault) {
            _ = try Tree.parse(text, file: "a.yaml")
            return nil
        } catch {
            #expect(error.file == "a.yaml")
            return error
        }
    }

    private func texts(_ text: String) throws -> [String] {
        try Entry.root(of: text, file: "a.yaml").list().map { entry throws(LibraryFault) in try entry.text() }
    }

    @Test("No type is guessed: what looks like a number, a date or yes stays the text that was written")
    func scalars() throws {
        let written = ["1.10", "0x1F", "1_000", "yes", "NO", "2025-10-01", "1e3", "~", "null", ".inf", "012"]
        #expect(try texts("[\(written.joined(separator: ", "))]") == written)
    }

    @Test("Every node knows its line, and a mistake the line of its key")
    func lines() throws {
        let root = try Entry.root(of: "# first\na: 1\nb:\n  - x\n  - y: 2\n    z: 3\n", file: "a.yaml")
        #expect(try root.required("a").line == 2)
        let list = try root.required("b").list()
        #expect(list.map(\.line) == [4, 5])
        #expect(try list[1].required("z").line == 6)
        #expect(try list[1].required("z").path == "b[2].z")
        #expect(root.path == "/")
        do throws(LibraryFault) {
            try list[1].allow(["y"])
            Issue.record("z is allowed")
        } catch {
            #expect(error.line == 6 && error.message.arguments["field"] == "b[2]")
        }
    }

    @Test("An alias stands for what its anchor names; one without an anchor is refused with its line")
    func aliases() throws {
        #expect(try texts("- &a one\n- *a\n") == ["one", "one"])
        #expect(fault("- one\n- *a\n")?.message.key == "library.yaml")
        #expect(fault("- one\n- *a\n")?.line == 2)
        // An anchor cannot be used within what it names: no tree is endless.
        #expect(fault("&a [*a]")?.message.key == "library.yaml")
    }

    /// Lists of ten aliases each of the list before: `depth` lines say 10^depth nodes.
    private func multiplying(_ depth: Int) -> String {
        var text = "- &a0 [" + Array(repeating: "x", count: 10).joined(separator: ", ") + "]\n"
        for level in 1...depth {
            text += "- &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
        }
        return text
    }

    @Test(
        "Aliases that multiply beyond two million nodes are refused before they fill the memory",
        .timeLimit(.minutes(5)))
    func bomb() throws {
        #expect(fault(multiplying(3)) == nil)
        #expect(fault(multiplying(12))?.message.key == "library.too-large")
        #expect(fault(multiplying(60))?.message.key == "library.too-large")
    }

    @Test("Aliases that multiply in a key are refused as soon", .timeLimit(.minutes(5)))
    func bombInKeys() throws {
        for keys in [
            "- {? *a40 : 1, ? *a39 : 2}\n", "- {? [*a40] : 1}\n", "- ? *a40\n  : 1\n  ? *a40\n  : 1\n",
            "- *a40 : 1\n", "- {*a40 : 1}\n", "- {[*a40]: 1}\n", "- {{x: *a40} : 1}\n", "- ?\n    - *a40\n",
            "- [?*a40 ]\n", "- [*a40 : 1]\n", "-\u{85}  ? *a40\u{85}  : 1\n", "- [\"x\",? [ *a40 ]]\n",
        ] {
            #expect(fault(multiplying(40) + keys)?.message.key == "library.not-a-mapping")
            #expect(fault(multiplying(40) + keys)?.line == 42)
        }
    }

    @Test("Aliases are for values: beside them brackets, question marks and colons of a text stand as they are")
    func aliasedValues() throws {
        let text = "a: &a [x]\nb: *a\nc: {d: *a, e: *a}\nf: [*a, *a]\ng: why? (see [1])\nh: \"2 * 3: six\"\n"
        #expect(fault(text) == nil)
        #expect(try Entry.root(of: text, file: "a.yaml").required("f").list().count == 2)
    }

    @Test("Nesting is read sixty-four deep and refused beyond, however deep it is", .timeLimit(.minutes(5)))
    func depth() throws {
        func lists(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(fault(lists(64)) == nil)
        #expect(fault(lists(65))?.message.key == "library.too-large")
        #expect(fault(lists(65))?.line == 1)
        for depth in [900, 1_500, 20_000, 200_000] {
            for text in [
                lists(depth), String(repeating: "[", count: depth), String(repeating: "- ", count: depth) + "x",
                String(repeating: "{a: ", count: depth) + "x" + String(repeating: "}", count: depth),
                String(repeating: "? ", count: depth) + "x", String(repeating: "[{? ", count: depth),
            ] {
                #expect(fault(text) != nil)
            }
        }
        let indented = (0..<1_500).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(fault(indented) != nil)
    }

    @Test("A key is a text: a list or a mapping as a key is refused with its line")
    func keys() throws {
        for text in ["a: 1\n? [b]\n: 2\n", "a: 1\n? {b: c}\n: 2\n", "a: 1\n[b, c]: 2\n"] {
            #expect(fault(text)?.message.key == "library.not-a-mapping")
            #expect(fault(text)?.line == 2)
        }
        // A number is a text here like any other.
        #expect(try Entry.root(of: "2026: x", file: "a.yaml").pairs().map(\.key) == ["2026"])
    }

    @Test("A key that stands twice is refused, also one written otherwise")
    func duplicates() {
        for text in ["a: 1\na: 2\n", "a: 1\n\"a\": 2\n", "x:\n  a: 1\n  a: 2\n"] {
            #expect(fault(text)?.message.key == "library.yaml-duplicate")
            #expect(fault(text)?.message.arguments["name"] == "a")
            #expect(fault(text)?.line != nil)
        }
    }

    @Test("Nothing, a comment alone and a second document are refused")
    func documents() {
        #expect(fault("")?.message.key == "library.empty")
        #expect(fault("# nothing\n")?.message.key == "library.empty")
        #expect(fault("a: 1\n---\nb: 2\n")?.message.key == "library.yaml")
        #expect(fault("\u{FEFF}a: 1\n") == nil)
        #expect(fault("a: 1\r\nb: 2\r\n") == nil)
    }
}

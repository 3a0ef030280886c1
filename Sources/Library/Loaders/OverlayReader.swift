import Standards
import Vocabulary

extension PackReader {
    /// Reads an overlay and applies it to the catalogue that it names.
    ///
    /// - Returns: The catalogue with the changes, or nil where a mistake (see `faults`) leaves none.
    mutating func overlay(_ files: PackFiles, of catalogues: Catalogues) -> StandardPack? {
        for fault in files.faults { note(fault) }
        isComplete = files.faults.isEmpty
        guard let header = files.header,
            var overlay = attempt({ reader throws(LibraryFault) in try reader.begin(header, catalogues) })
        else { return nil }
        for part in files.parts {
            _ = attemptPart { reader throws(LibraryFault) in try reader.changes(part, &overlay) }
        }
        noteUnused(definitions)
        return checked(overlay.unchecked, files)
    }

    private mutating func begin(_ entry: Entry, _ catalogues: Catalogues) throws(LibraryFault) -> Overlay {
        let named = try entry.required("overlay_of")
        let id = try named.text()
        guard !catalogues.overlays.contains(id) else {
            throw named.fault(PackFault(.overlayOfOverlay, subject: id).message)
        }
        guard let base = catalogues.packs.first(where: { $0.id == id }) else {
            let known = catalogues.ids.joined(separator: ", ")
            throw named.fault("overlay.unknown-catalogue", ["id": id, "known": known])
        }
        let header = try overlayHeader(entry)
        return try named.place(\.message) { () throws(PackFault) in try Overlay(header, of: base) }
    }

    /// Applies the changes of a file in their order: what is added can be preferred further down, or in a later file.
    private mutating func changes(_ entry: Entry, _ overlay: inout Overlay) throws(LibraryFault) {
        try allow(["definitions", "changes"], in: entry)
        let shared = definitions
        _ = attempt { reader throws(LibraryFault) in try reader.read(definitions: entry) }
        for change in try entry.required("changes").list() {
            _ = attemptPart { reader throws(LibraryFault) in
                let pairs = try change.pairs()
                guard let (kind, value) = pairs.first, pairs.count == 1 else { throw change.fault("overlay.one-key") }
                try reader.apply(kind, value, at: change, to: &overlay)
            }
        }
        noteUnused(definitions.filter { shared[$0.key] == nil })
        definitions = definitions.filter { shared[$0.key] != nil }
    }

    private mutating func apply(
        _ kind: String, _ entry: Entry, at change: Entry, to overlay: inout Overlay
    ) throws(LibraryFault) {
        switch kind {
        case "add": try add(entry, to: &overlay)
        case "tighten":
            try entry.allow(["item", "criterion", "because"])
            guard let criterion = criterion(try entry.required("criterion")) else { return }
            try make(.tightened(criterion), entry, &overlay)
        case "forbid":
            try entry.allow(["item", "when", "because"])
            guard let when = try entry.optional("when") else { return try make(.forbidden(when: nil), entry, &overlay) }
            guard let criterion = criterion(when) else { return }
            try make(.forbidden(when: criterion), entry, &overlay)
        case "prefer":
            try entry.allow(["item", "because"])
            try make(.preferred, entry, &overlay)
        default: throw change.fault("overlay.unknown-kind", ["name": kind])
        }
    }

    private mutating func make(
        _ kind: OverlayChange.Kind, _ entry: Entry, _ overlay: inout Overlay
    ) throws(LibraryFault) {
        let place = try entry.required("item")
        let reference = try place.itemReference()
        let change = OverlayChange(kind, because: try entry.required("because").bilingual())
        let rows = try place.place(\.message) { () throws(PackFault) in try overlay.change(reference, change) }
        let source = SourcePlace(file: entry.file, line: entry.line)
        for (row, position) in rows { places[.change(reference.item, row: row, position)] = source }
    }

    /// An item with its activities, or one activity for an item that is there.
    private mutating func add(_ entry: Entry, to overlay: inout Overlay) throws(LibraryFault) {
        let source = SourcePlace(file: entry.file, line: entry.line)
        if let form = try entry.optional("activity") {
            try entry.allow(["item", "activity", "because"])
            let place = try entry.required("item")
            let code = try place.itemCode()
            // A row without words of its own would take those of the item; one that is new has to say what it is.
            let subject = try form.required("subject").bilingual()
            let activity = try activity(form, number: overlay.nextRow(of: code), in: code, subject)
            let because = try entry.required("because").bilingual()
            let row = try place.place(\.message) { () throws(PackFault) in
                try overlay.add(activity, to: code, because: because)
            }
            places[.activity(code, row: row)] = SourcePlace(file: form.file, line: form.line)
            places[.change(code, row: row, 0)] = source
            return
        }
        guard let item = try item(entry, further: ["group", "group_name", "because"]) else { return }
        let because = try entry.required("because").bilingual()
        let group = try entry.required("group")
        let code = try group.text()
        guard code == item.code.group else {
            throw group.fault("overlay.wrong-group", ["item": item.code.text, "group": item.code.group])
        }
        if let name = try entry.optional("group_name") {
            let heading = Heading(code: code, name: try name.bilingual())
            try name.place(\.message) { () throws(PackFault) in try overlay.add(heading) }
        }
        try entry.required("item").place(\.message) { () throws(PackFault) in
            try overlay.add(item, because: because)
        }
        for activity in item.activities { places[.change(item.code, row: activity.row, 0)] = source }
    }
}

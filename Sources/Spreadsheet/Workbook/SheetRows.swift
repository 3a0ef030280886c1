/// Follows a sheet part's elements and builds its rows.
///
/// The state is one value, so that each event costs one access to it.
final class SheetRows: XMLEventHandler {
    private var builder: SheetRowBuilder

    init(_ context: SheetRowBuilder.Context) {
        builder = SheetRowBuilder(context)
    }

    /// After how many bytes of text to pause.
    var maximumBytes: Int {
        get { builder.maximumBytes }
        set { builder.maximumBytes = newValue }
    }

    /// The records finished so far, nil if there are none.
    func takeBatch() -> RecordBatch? {
        builder.takeBatch()
    }

    func startElement(_ name: XMLName, _ attributes: XMLAttributes) throws(SpreadsheetFault) {
        try builder.startElement(name, attributes)
    }

    func endElement(_ name: XMLName) throws(SpreadsheetFault) -> XMLContinuation {
        try builder.endElement(name)
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        builder.text(bytes)
    }
}

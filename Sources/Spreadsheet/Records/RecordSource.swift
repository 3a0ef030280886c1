/// Hands out a table's records batch by batch.
protocol RecordSource: AnyObject {
    /// The next records, nil after the last; the batch ends with the record that reaches the number of bytes.
    func next(maximumBytes: Int) throws(SpreadsheetFault) -> RecordBatch?
}

extension String {
    /// The text without the spaces at its ends, also full-width ones and a byte order mark that a program left behind.
    public func trimmingSpaces() -> String {
        var view = self[...]
        while let first = view.first, first.isWhitespace || first == "\u{FEFF}" { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}

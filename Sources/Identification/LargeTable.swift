#if canImport(Glibc)
    import Glibc
#endif

/// Memory for tables that are read at random places millions of times a second.
enum LargeTable {
    /// A copy whose memory asks the system for large pages before it is first touched: most of a look into a table of
    /// many megabytes is otherwise spent on finding its page. Only advice; without it everything works the same.
    static func copy<Element>(_ elements: [Element]) -> [Element] {
        [Element](unsafeUninitializedCapacity: elements.count) { buffer, count in
            advise(UnsafeMutableRawBufferPointer(buffer))
            _ = buffer.initialize(from: elements)
            count = elements.count
        }
    }

    private static func advise(_ memory: UnsafeMutableRawBufferPointer) {
        #if canImport(Glibc)
            let page = 4_096
            guard let base = memory.baseAddress, memory.count >= 1 << 20 else { return }
            let start = (Int(bitPattern: base) + page - 1) / page * page
            let end = (Int(bitPattern: base) + memory.count) / page * page
            // 14 is MADV_HUGEPAGE of Linux.
            if end > start { madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, 14) }
        #endif
    }
}

extension JSONScanner {
    /// What a string that was found says, in UTF-8, escapes undone.
    ///
    /// - Parameter text: that which was scanned.
    package static func text(of finding: Finding, in text: Span<UInt8>) -> [UInt8] {
        JSONCursor(text).unescaped(finding.range)
    }
}

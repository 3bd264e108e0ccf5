/// A string in a JSON text.
struct JSONString {
    /// What is between the quotes.
    let range: Range<Int>
    /// Whether there are escapes in it.
    let isEscaped: Bool
}

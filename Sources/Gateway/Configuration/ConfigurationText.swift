/// What a gateway runs under, as text: its file, and the profiles of one's own that it names. One
/// text in the store, so that a journal is read again as it was, whatever became of the folder.
struct ConfigurationText: Hashable, Sendable {
    struct Profile: Hashable, Sendable {
        /// For errors.
        var file: String
        var text: String
    }

    var configuration: String
    var profiles: [Profile]

    /// No configuration has a second document.
    private static let separator = "\n--- # profile "

    init(_ configuration: String, _ profiles: [Profile]) {
        self.configuration = configuration
        self.profiles = profiles
    }

    init(joined: String) {
        let parts = joined.split(separator: Self.separator, omittingEmptySubsequences: false)
        configuration = String(parts[0])
        profiles = parts.dropFirst().map { part in
            let end = part.firstIndex(of: "\n") ?? part.endIndex
            return Profile(
                file: String(part[..<end]), text: String(part[end...].dropFirst()))
        }
    }

    var joined: String {
        profiles.reduce(configuration) { $0 + Self.separator + $1.file + "\n" + $1.text }
    }
}

/// What the members of an object are to each other.
extension Flattener {
    /// The member that holds the time of the others.
    static func clock(of members: [Document.Member]) -> (name: String, time: Timestamp)? {
        var best: (rank: Int, name: String, time: Timestamp)?
        for member in members {
            guard let rank = RecognisedTime.rank(of: member.name), rank < best?.rank ?? .max,
                let time = RecognisedTime.time(member.value)
            else { continue }
            best = (rank, member.name, time)
        }
        return best.map { ($0.name, $0.time) }
    }

    /// The time that stands in the message's head: `{"header": {"timestamp": ...}, "data": ...}`.
    static func headTime(of members: [Document.Member]) -> Timestamp? {
        let names = ["header", "head", "meta", "metadata", "envelope"]
        return members.lazy.filter { names.contains($0.name.lowercased()) }
            .compactMap { clock(of: $0.value.members)?.time }.first
    }

    static func namesThatComeTwice(in members: [Document.Member]) -> Set<String> {
        var seen: Set<String> = []
        return Set(members.map(\.name).filter { !seen.insert($0).inserted })
    }
}

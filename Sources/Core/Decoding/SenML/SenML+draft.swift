/// SenML as it was before RFC 8428: one object with its entries in `e` (draft-jennings-senml-10,
/// section 4), as LWM2M's first version has it.
extension SenML {
    /// The pack that says the same; `nil` for what is no such object.
    static func pack(ofDraft document: Document) -> Document? {
        let entries = document["e"]?.elements ?? []
        let base = document.members.filter { $0.name != "e" }
        guard !entries.isEmpty,
            base.allSatisfy({ ["bn", "bt", "bu", "ver"].contains($0.name) }),
            entries.allSatisfy({ entry in
                !entry.members.isEmpty
                    && entry.members.allSatisfy { fields.contains($0.name) }
            })
        else { return nil }
        var records = entries.map { entry in
            Document.object(
                entry.members.map { .init(renamed[$0.name] ?? $0.name, $0.value) })
        }
        records[0] = .object(base.filter { $0.name != "ver" } + records[0].members)
        return .array(records)
    }

    private static let fields: Set<String> = ["n", "u", "v", "sv", "bv", "s", "t", "ut"]
    /// `bv` was an entry's boolean, and is now a base.
    private static let renamed = ["sv": "vs", "bv": "vb"]
}

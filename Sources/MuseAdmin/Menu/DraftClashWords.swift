import MuseShared

/// What the draft says otherwise about things that have just gone live: it is kept, and publishing asks which it shall be.
struct DraftClashWords {
    let sketch: MenuSketch
    let currency: Currency

    /// `The draft still says price $4.50: …`; nil if the draft does not contradict.
    func sentence(about refs: Set<MenuRef>) -> String? {
        let words = MenuChangeWords(before: sketch.live, after: sketch.view, currency: currency)
        let said = sketch.draft.conflicts(with: sketch.live).compactMap { conflict -> String? in
            guard refs.contains(conflict.ref),
                let field = MenuField.all(conflict.ref.kind).first(where: { $0.name == conflict.field })
            else { return nil }
            return "\(field.label.lowercased()) \(words.words(conflict.draft, field, in: sketch.view))"
        }
        guard !said.isEmpty else { return nil }
        return "The draft still says \(said.joined(separator: ", ")): you choose which it shall be when you publish."
    }
}

extension StaffDesk {
    /// What is live now, and what the draft says otherwise about it.
    func flash(_ words: String, isLive: Bool, about refs: Set<MenuRef>) throws -> Flash {
        guard isLive else { return Flash(.success, words) }
        let clash = DraftClashWords(sketch: try menuDraft(at: Paths.menu), currency: try venue().currency)
            .sentence(about: refs)
        return clash.map { Flash(.warning, "\(words) \($0)") } ?? Flash(.success, words)
    }
}

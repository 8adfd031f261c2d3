/// The one draft of the menu that all staff share.
enum MenuDraftRepository {
    static func draft(in transaction: Transaction) throws -> MenuDraft {
        var draft = MenuDraft()
        let rows = try transaction.rows(
            """
            SELECT d.kind, d.subject_id, d.is_new, d.fields, d.changed_at_ms, s.name AS author
            FROM menu_draft_changes d LEFT JOIN staff s ON s.id = d.staff_id ORDER BY d.kind, d.subject_id
            """)
        for row in rows {
            guard let kind = MenuKind(rawValue: try row.text("kind")) else { continue }
            let ref = MenuRef(kind, try row.text("subject_id"))
            draft.changes.entries[ref] = MenuChanges.Entry(
                isNew: try row.bool("is_new"), fields: try row.json("fields"))
            draft.authors[ref] = MenuDraft.Author(
                name: try row.optionalText("author"), at: try row.time("changed_at_ms"))
        }
        return draft
    }

    static func entry(_ ref: MenuRef, in transaction: Transaction) throws -> MenuChanges.Entry? {
        try transaction.first(
            """
            SELECT is_new, fields FROM menu_draft_changes
            WHERE kind = \(ref.kind.rawValue) AND subject_id = \(ref.id)
            """
        ).map { MenuChanges.Entry(isNew: try $0.bool("is_new"), fields: try $0.json("fields")) }
    }

    /// Keeps the entry, or forgets it if nothing is different any more. Moves `menuDraft`.
    static func keep(
        _ entry: MenuChanges.Entry, of ref: MenuRef, by staffID: String, in transaction: Transaction
    ) throws {
        if entry.fields.isEmpty, !entry.isNew { return try drop(ref, in: transaction) }
        try transaction.execute(
            """
            INSERT INTO menu_draft_changes (kind, subject_id, is_new, fields, staff_id, changed_at_ms)
            VALUES (\(ref.kind.rawValue), \(ref.id), \(entry.isNew), \(try JSONText.encode(entry.fields)), \(staffID),
                    \(transaction.now))
            ON CONFLICT (kind, subject_id) DO UPDATE SET is_new = excluded.is_new, fields = excluded.fields,
              staff_id = excluded.staff_id, changed_at_ms = excluded.changed_at_ms
            """)
        try CacheVersionRepository.bump(.menuDraft, in: transaction)
    }

    static func drop(_ ref: MenuRef, in transaction: Transaction) throws {
        let dropped = try transaction.execute(
            "DELETE FROM menu_draft_changes WHERE kind = \(ref.kind.rawValue) AND subject_id = \(ref.id)")
        if dropped > 0 { try CacheVersionRepository.bump(.menuDraft, in: transaction) }
    }

    /// What has become live is no longer to be done. Whose draft it was stays as it is noted.
    static func settle(_ ref: MenuRef, live: MenuEntity, by staffID: String, in transaction: Transaction) throws {
        guard var entry = try entry(ref, in: transaction) else { return }
        entry.isNew = false
        entry.fields = entry.fields.filter { live[$0.key] != $0.value.to }
        try keep(entry, of: ref, by: staffID, in: transaction)
    }
}

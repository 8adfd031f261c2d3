/// Which photos are stored, and what shows them.
public struct PhotoRepository: Sendable {
    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    // MARK: Reading

    /// The photo that something shows, or nil.
    public func photo(of subject: PhotoSubject) throws -> Photo? {
        try database.read { try Self.photo(of: subject, in: $0) }
    }

    /// The name by which people know what shows it; nil if guests can't see it.
    public func name(of subject: PhotoSubject) throws -> String? {
        try database.read { try subject.name(in: $0) }
    }

    static func photo(of subject: PhotoSubject, in transaction: Transaction) throws -> Photo? {
        try transaction.first(
            """
            SELECT p.id, p.width_px, p.height_px, p.widths, p.placeholder, l.alt
            FROM photo_links l JOIN photos p ON p.id = l.photo_id
            WHERE l.subject_kind = \(subject.kind) AND l.subject_id = \(subject.id)
            """
        ).map(photo)
    }

    /// The photos of all subjects of a kind, by the subject's identifier.
    static func photos(of kind: String, in transaction: Transaction) throws -> [String: Photo] {
        let rows = try transaction.rows(
            """
            SELECT l.subject_id, p.id, p.width_px, p.height_px, p.widths, p.placeholder, l.alt
            FROM photo_links l JOIN photos p ON p.id = l.photo_id WHERE l.subject_kind = \(kind)
            """)
        return try rows.reduce(into: [:]) { photos, row in photos[try row.text("subject_id")] = try photo(row) }
    }

    private static func photo(_ row: Row) throws -> Photo {
        Photo(
            id: try row.text("id"), width: Int(try row.int("width_px")), height: Int(try row.int("height_px")),
            widths: try row.json("widths"), placeholder: try row.text("placeholder"), alt: try row.text("alt"))
    }

    // MARK: Storing and linking

    /// Notes a photo before any of its files is stored, so that what is never linked can be found and removed.
    ///
    /// False while an old photo of the same content is being removed: its names are not free yet.
    func begin(_ photo: Photo) async throws -> Bool {
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO photos (id, width_px, height_px, widths, placeholder, touched_at_ms)
                VALUES (\(photo.id), \(Int64(photo.width)), \(Int64(photo.height)),
                        \(try JSONText.encode(photo.widths)), \(photo.placeholder), \(transaction.now))
                ON CONFLICT (id) DO UPDATE SET touched_at_ms = excluded.touched_at_ms WHERE is_leaving = 0
                """) == 1
        }
    }

    /// Shows a stored photo; what was shown before is kept for a while. False if the photo has been removed meanwhile.
    static func link(
        _ photo: Photo, to subject: PhotoSubject, in transaction: Transaction
    ) throws -> Bool {
        let before = try self.photo(of: subject, in: transaction)
        let isThere = try touch(photo.id, in: transaction)
        guard isThere else { return false }
        if let before, before.id != photo.id { try touch(before.id, in: transaction) }
        try transaction.execute(
            """
            INSERT INTO photo_links (subject_kind, subject_id, photo_id, alt, linked_at_ms)
            VALUES (\(subject.kind), \(subject.id), \(photo.id), \(photo.alt), \(transaction.now))
            ON CONFLICT (subject_kind, subject_id) DO UPDATE
            SET photo_id = excluded.photo_id, alt = excluded.alt, linked_at_ms = excluded.linked_at_ms
            """)
        return true
    }

    static func unlink(_ photo: Photo, from subject: PhotoSubject, in transaction: Transaction) throws {
        try transaction.execute(
            "DELETE FROM photo_links WHERE subject_kind = \(subject.kind) AND subject_id = \(subject.id)")
        try touch(photo.id, in: transaction)
    }

    /// The time for which an unlinked photo is kept begins anew.
    @discardableResult
    private static func touch(_ id: String, in transaction: Transaction) throws -> Bool {
        try transaction.execute(
            "UPDATE photos SET touched_at_ms = \(transaction.now) WHERE id = \(id) AND is_leaving = 0") == 1
    }

    // MARK: Removing

    /// Marks the photos that nothing has shown since `then`, and gives their files with those of photos whose removal
    /// was interrupted. From here on they can't be linked any more.
    func beginRemoving(unusedSince then: Timestamp, atMost limit: Int64) async throws -> [Photo] {
        try await database.write { transaction in
            try transaction.execute(
                """
                UPDATE photos SET is_leaving = 1 WHERE id IN (
                  SELECT id FROM photos p WHERE touched_at_ms < \(then) AND is_leaving = 0
                  AND NOT EXISTS (SELECT 1 FROM photo_links l WHERE l.photo_id = p.id)
                  ORDER BY touched_at_ms LIMIT \(limit))
                """)
            return try transaction.rows(
                """
                SELECT id, width_px, height_px, widths, placeholder, '' AS alt FROM photos
                WHERE is_leaving = 1 ORDER BY id LIMIT \(limit)
                """
            ).map(Self.photo)
        }
    }

    /// After its files are gone.
    func finishRemoving(_ photo: Photo) async throws {
        try await database.write { transaction in
            _ = try transaction.execute("DELETE FROM photos WHERE id = \(photo.id) AND is_leaving = 1")
        }
    }
}

/// Writes what a photo shows, for who can't see it. Live at once.
public struct DescribePhoto: Sendable {
    public struct Request: Sendable {
        public let subject: PhotoSubject
        public let alt: String
        public let staffID: String

        public init(subject: PhotoSubject, alt: String, staffID: String) {
            self.subject = subject
            self.alt = alt
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownSubject
        /// There is nothing to describe.
        case noPhoto
        case tooLong
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// The name of the subject.
    @discardableResult
    public func callAsFunction(_ request: Request) async throws(Refusal) -> String {
        guard request.alt.count <= AttachPhoto.longestAlt else { throw .tooLong }
        do {
            return try await database.write { try describe(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func describe(_ request: Request, in transaction: Transaction) throws -> String {
        guard let name = try request.subject.name(in: transaction) else { throw Refusal.unknownSubject }
        guard let before = try PhotoRepository.photo(of: request.subject, in: transaction) else {
            throw Refusal.noPhoto
        }
        guard before.alt != request.alt else { return name }
        var after = before
        after.alt = request.alt
        guard try PhotoRepository.link(after, to: request.subject, in: transaction) else { throw Refusal.noPhoto }
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID, action: request.subject.action + "_described",
                subjectID: request.subject.id, difference: .ofPhotos(from: before, to: after)),
            in: transaction)
        try CacheVersionRepository.bump(request.subject.cache, in: transaction)
        return name
    }
}

extension DescribePhoto.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownSubject: .notFound
        case .noPhoto: .invalid("photo", "Choose a photo first: there is none to describe.")
        case .tooLong: .invalid("alt", "Say it in at most \(AttachPhoto.longestAlt) characters.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}

/// Takes a photo away from what shows it, live at once. Its files are kept for some days: pages that guests have open
/// still show them.
public struct DetachPhoto: Sendable {
    public struct Request: Sendable {
        public let subject: PhotoSubject
        public let staffID: String

        public init(subject: PhotoSubject, staffID: String) {
            self.subject = subject
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownSubject
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// The name of the subject. Taking away what is not there changes nothing and is no error.
    @discardableResult
    public func callAsFunction(_ request: Request) async throws(Refusal) -> String {
        do {
            return try await database.write { try detach(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func detach(_ request: Request, in transaction: Transaction) throws -> String {
        guard let name = try request.subject.name(in: transaction) else { throw Refusal.unknownSubject }
        guard let photo = try PhotoRepository.photo(of: request.subject, in: transaction) else { return name }
        try PhotoRepository.unlink(photo, from: request.subject, in: transaction)
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID, action: request.subject.action + "_removed",
                subjectID: request.subject.id, difference: .ofPhotos(from: photo, to: nil)),
            in: transaction)
        try CacheVersionRepository.bump(request.subject.cache, in: transaction)
        return name
    }
}

extension DetachPhoto.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownSubject: .notFound
        case .failed(let error): Problem.failure(of: error)
        }
    }
}

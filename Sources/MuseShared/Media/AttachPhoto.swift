import HTTPTypes
import Logging

/// Takes an uploaded photo for something that is shown to guests: checked by its content, prepared, stored, and linked.
///
/// Everything is stored before anything is linked: whatever fails or dies in between, what was shown before is shown
/// on, and files that nothing shows are removed later. The link is one write with the subject's cache version and the
/// action log, so that the very next request shows the photo.
public struct AttachPhoto: Sendable {
    public struct Request: Sendable {
        public let subject: PhotoSubject
        /// The file as it came.
        public let file: [UInt8]
        /// What is to be seen; nil keeps what is written already.
        public let alt: String?
        public let staffID: String

        public init(subject: PhotoSubject, file: [UInt8], alt: String?, staffID: String) {
            self.subject = subject
            self.file = file
            self.alt = alt
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownSubject
        case badPhoto(PhotoFault)
        case altTooLong
        /// Too many photos at once.
        case busy
        /// Not stored, or not prepared, for reasons that staff can't mend.
        case down
        case failed(any Error)
    }

    public struct Attached: Sendable {
        public let photo: Photo
        /// The name of what shows it.
        public let subjectName: String
        /// The cache's version that has it.
        public let version: Int64
    }

    public static let longestAlt = 200

    private let database: Database
    private let photos: PhotoRepository
    private let storage: StorageClient
    private let check = CheckPhoto()
    private let prepare: PreparePhoto
    private let logger: Logger
    private let ids: IDSource

    public init(
        database: Database, storage: StorageClient, prepare: PreparePhoto = PreparePhoto(), logger: Logger,
        ids: IDSource = .live
    ) {
        self.database = database
        photos = PhotoRepository(database: database)
        self.storage = storage
        self.prepare = prepare
        self.logger = logger
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> Attached {
        if let alt = request.alt, alt.count > Self.longestAlt { throw .altTooLong }
        let prepared = try await prepared(request)
        do {
            guard try await photos.begin(prepared.photo) else { throw Refusal.busy }
            try await store(prepared)
            return try await database.write { try link(prepared.photo, request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    /// What costs nothing is asked first.
    private func prepared(_ request: Request) async throws(Refusal) -> PreparedPhoto {
        let header: PhotoHeader
        do throws(PhotoFault) {
            header = try check(request.file)
        } catch {
            throw .badPhoto(error)
        }
        do {
            guard try database.read({ try request.subject.name(in: $0) }) != nil else { throw Refusal.unknownSubject }
            return try await prepare(request.file, header)
        } catch PreparePhoto.Refusal.busy {
            throw .busy
        } catch PreparePhoto.Refusal.undecodable(let words) {
            logger.info("photo not decoded", metadata: ["reason": "\(words)"])
            throw .badPhoto(.damaged)
        } catch PreparePhoto.Refusal.failed(let words) {
            logger.error("photo not prepared", metadata: ["reason": "\(words)"])
            throw .down
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    /// All files at once: somebody waits, and the storage may be far away.
    private func store(_ prepared: PreparedPhoto) async throws(Refusal) {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for file in prepared.files {
                    group.addTask { try await storage.store(StoredFile(name: file.name, bytes: file.bytes)) }
                }
                try await group.waitForAll()
            }
        } catch {
            logger.error("photo not stored", metadata: ["reason": "\(error)", "photo": "\(prepared.photo.id)"])
            throw .down
        }
    }

    private func link(_ photo: Photo, _ request: Request, in transaction: Transaction) throws -> Attached {
        guard let name = try request.subject.name(in: transaction) else { throw Refusal.unknownSubject }
        let before = try PhotoRepository.photo(of: request.subject, in: transaction)
        var photo = photo
        photo.alt = request.alt ?? before?.alt ?? ""
        guard before != photo else { return try attached(photo, name, request.subject, in: transaction) }
        guard try PhotoRepository.link(photo, to: request.subject, in: transaction) else { throw Refusal.busy }
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID,
                action: request.subject.action + (before == nil ? "_added" : "_changed"),
                subjectID: request.subject.id, difference: .ofPhotos(from: before, to: photo)),
            in: transaction)
        try CacheVersionRepository.bump(request.subject.cache, in: transaction)
        return try attached(photo, name, request.subject, in: transaction)
    }

    private func attached(
        _ photo: Photo, _ name: String, _ subject: PhotoSubject, in transaction: Transaction
    ) throws -> Attached {
        let version = try CacheVersionRepository.current(subject.cache, in: transaction)
        return Attached(photo: photo, subjectName: name, version: version)
    }
}

extension Difference {
    static func ofPhotos(from before: Photo?, to after: Photo?) -> Difference {
        var difference = Difference()
        difference.note("photo", from: DifferenceValue(before?.id), to: DifferenceValue(after?.id))
        difference.note("alt", from: DifferenceValue(before?.alt), to: DifferenceValue(after?.alt))
        return difference
    }
}

extension DifferenceValue {
    fileprivate init(_ text: String?) {
        self = text.map(DifferenceValue.text) ?? .none
    }
}

extension AttachPhoto.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownSubject: .notFound
        case .badPhoto(let fault): .invalid("photo", fault.sentence)
        case .altTooLong: .invalid("alt", "Say it in at most \(AttachPhoto.longestAlt) characters.")
        case .busy:
            Problem(
                .serviceUnavailable, "photos-busy", title: "Other photos are being prepared just now.",
                detail: "Nothing was changed. Please try again in a moment.", retryAfter: 5)
        case .down:
            Problem(
                .serviceUnavailable, "photos-down", title: "The photo can't be stored just now.",
                detail: "Nothing was changed: guests see what they saw before. Please try again in a minute.",
                retryAfter: 60)
        case .failed(let error): Problem.failure(of: error)
        }
    }
}

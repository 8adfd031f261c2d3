/// A file as it is stored.
public struct StoredFile: Sendable {
    public let name: MediaName
    public let bytes: [UInt8]
}

/// Why the storage did not do what it was asked to; the reason is for the log and names no secret.
public enum StorageFailure: Error, Sendable, Equatable {
    /// Down, slow or full: later again.
    case unavailable(String)
    /// Our credentials, our clock or the bucket's name are wrong: only an operator can help.
    case refused(String)
}

/// Keeps files for good under their names. Storing what is stored already changes nothing.
public struct StorageClient: Sendable {
    public var store: @Sendable (StoredFile) async throws(StorageFailure) -> Void
    /// Removing what is not there is no failure.
    public var remove: @Sendable (MediaName) async throws(StorageFailure) -> Void

    public init(
        store: @escaping @Sendable (StoredFile) async throws(StorageFailure) -> Void = { _ throws(StorageFailure) in
            throw .refused("StorageClient.store was called and nothing stands behind it")
        },
        remove: @escaping @Sendable (MediaName) async throws(StorageFailure) -> Void = { _ throws(StorageFailure) in
            throw .refused("StorageClient.remove was called and nothing stands behind it")
        }
    ) {
        self.store = store
        self.remove = remove
    }
}

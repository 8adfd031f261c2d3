import Foundation
import NIOCore
import NIOPosix

/// Media as files of this machine: the default, for a café with one server.
public struct MediaFolder: Sendable {
    let path: String

    public init(path: String) {
        self.path = path
    }

    public var storage: StorageClient {
        StorageClient(
            store: { file async throws(StorageFailure) in try await store(file) },
            remove: { name async throws(StorageFailure) in try await remove(name) })
    }

    /// Nil if there is no such file.
    func file(_ name: MediaName) async throws -> ByteBuffer? {
        try await NIOThreadPool.singleton.runIfActive {
            FileManager.default.contents(atPath: location(name)).map { ByteBuffer(bytes: $0) }
        }
    }

    /// Under another name first, and renamed when it is on the disk: nobody is ever served half a file. The folder is
    /// synced too, since a link to the file is about to be committed for good.
    private func store(_ file: StoredFile) async throws(StorageFailure) {
        try await perform {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let unfinished = "\(path)/.\(IDSource.live.next())"
            do {
                try Data(file.bytes).write(to: URL(fileURLWithPath: unfinished))
                try sync(unfinished)
                guard rename(unfinished, location(file.name)) == 0 else {
                    throw IOError(errnoCode: errno, reason: "rename")
                }
                try sync(path)
            } catch {
                unlink(unfinished)
                throw error
            }
        }
    }

    private func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw IOError(errnoCode: errno, reason: "fsync") }
    }

    private func remove(_ name: MediaName) async throws(StorageFailure) {
        try await perform {
            guard unlink(location(name)) == 0 || errno == ENOENT else {
                throw IOError(errnoCode: errno, reason: "unlink")
            }
        }
    }

    private func location(_ name: MediaName) -> String {
        "\(path)/\(name)"
    }

    private func perform(_ work: @escaping @Sendable () throws -> Void) async throws(StorageFailure) {
        do {
            try await NIOThreadPool.singleton.runIfActive { try work() }
        } catch {
            throw .unavailable("\(error)")
        }
    }
}

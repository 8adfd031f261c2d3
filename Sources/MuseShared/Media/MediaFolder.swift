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

    /// Under another name first, and renamed when it is on the disk: nobody is ever served half a file.
    private func store(_ file: StoredFile) async throws(StorageFailure) {
        try await perform {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let unfinished = "\(path)/.\(IDSource.live.next())"
            do {
                try write(file.bytes, to: unfinished)
                guard rename(unfinished, location(file.name)) == 0 else {
                    throw IOError(errnoCode: errno, reason: "rename")
                }
            } catch {
                unlink(unfinished)
                throw error
            }
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        try handle.synchronize()
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

import Foundation
import NIOPosix

/// The temporary folders in which photos are prepared, each for one photo and this account alone.
struct PhotoWorkshop: Sendable {
    static let upload = "upload"
    private static let prefix = "muse-photo-"
    /// No photo takes this long: an older folder is left from a process that was killed.
    private static let forgottenAfter: TimeInterval = 3600

    /// A new folder that holds the upload.
    func open(with file: [UInt8]) async throws -> String {
        try await NIOThreadPool.singleton.runIfActive {
            let files = FileManager.default
            Self.sweep(files)
            let folder = files.temporaryDirectory.appending(path: Self.prefix + IDSource.live.next())
            try files.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data(file).write(to: folder.appending(path: Self.upload))
            return folder.path
        }
    }

    /// A file of the folder, or its first bytes.
    func read(_ name: String, in folder: String, atMost count: Int = .max) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder).appending(path: name))
            defer { try? file.close() }
            return Array(try (count == .max ? file.readToEnd() : file.read(upToCount: count)) ?? Data())
        }
    }

    func close(_ folder: String) async {
        try? await NIOThreadPool.singleton.runIfActive {
            try FileManager.default.removeItem(atPath: folder)
        }
    }

    private static func sweep(_ files: FileManager) {
        let parent = files.temporaryDirectory
        let names = (try? files.contentsOfDirectory(atPath: parent.path)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let path = parent.appending(path: name).path
            let changed = (try? files.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if let changed, Date().timeIntervalSince(changed) > forgottenAfter { try? files.removeItem(atPath: path) }
        }
    }
}

import Crypto
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The secret that both services share in development, made by whichever of them starts first.
struct ServiceSecretFile {
    let path: String

    /// Reads the file, or makes it with mode 0600.
    ///
    /// The value is written under another name and then linked, which fails if the file exists:
    /// two processes that start at once end with the same secret, and no one reads half a file.
    func value() throws -> Secret {
        if let existing = try? read() { return existing }
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        let draft = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max))"
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
        guard
            FileManager.default.createFile(
                atPath: draft,
                contents: Data(secret.utf8),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CocoaError(.fileWriteUnknown) }
        defer { unlink(draft) }
        _ = link(draft, path)
        return try read()
    }

    private func read() throws -> Secret {
        let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.utf8.count >= 32 else { throw CocoaError(.fileReadCorruptFile) }
        return Secret(text)
    }
}

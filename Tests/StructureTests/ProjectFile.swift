import Foundation
import Testing

/// A text file of the project, by its path below the project's folder.
struct ProjectFile: Sendable, CustomTestStringConvertible {
    let path: String
    let text: String

    var testDescription: String { path }
    var name: String { (path as NSString).lastPathComponent }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The number of lines as `wc` counts them.
    var lineCount: Int { lines.count - (text.hasSuffix("\n") ? 1 : 0) }
    var folders: [String] { Array(path.split(separator: "/").dropLast().map(String.init)) }
}

extension ProjectFile {
    /// The folder that holds `Package.swift`.
    static let root: URL = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// The files below a folder whose names end in `suffix`, in order of path.
    static func all(in folder: String, suffix: String) -> [ProjectFile] {
        let base = root.appending(path: folder).resolvingSymlinksInPath()
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(suffix) && !$0.contains("/.") && !$0.contains("__pycache__") }.sorted()
            .compactMap {
                guard let text = try? String(contentsOf: base.appending(path: $0), encoding: .utf8) else { return nil }
                return ProjectFile(path: "\(folder)/\($0)", text: text)
            }
    }

    static let sources = all(in: "Sources", suffix: ".swift")
    static let tests = all(in: "Tests", suffix: ".swift")
    static let templates = all(in: "Sources", suffix: ".mustache")
    static let scripts = all(in: "Sources", suffix: ".js")
}

import Foundation

/// Where the templates and assets of a program lie: those of the library, then the program's own.
public struct SiteFolders: Sendable {
    /// Folders that each hold `Templates` and `Public`. A later one may add to an earlier one, not replace its files.
    public let roots: [URL]

    public init(roots: [URL]) {
        self.roots = roots
    }

    /// The resources shipped beside the program; in development the folders of the source instead, if the program
    /// runs in the project's folder, so that a saved template shows at once.
    /// - Parameter program: the program's own `Bundle.module`.
    public init(program: Bundle, target: String, isLive: Bool) {
        let bundles = [("MuseShared", Bundle.module), (target, program)]
        roots = bundles.map { name, bundle in
            let source = URL(fileURLWithPath: "Sources/\(name)")
            let hasSource = FileManager.default.fileExists(atPath: source.appendingPathComponent("Templates").path)
            return isLive && hasSource ? source : bundle.resourceURL ?? bundle.bundleURL
        }
    }

    /// The files below `folder` of every root whose names end in `suffix`, by their path inside it.
    /// - Throws: ``SiteFilesError/collision(_:)`` when two roots hold the same path.
    func files(in folder: String, suffix: String = "") throws -> [String: URL] {
        var found: [String: URL] = [:]
        for root in roots {
            let base = root.appendingPathComponent(folder).standardizedFileURL.path
            guard let names = FileManager.default.enumerator(atPath: base) else { continue }
            for case let name as String in names where name.hasSuffix(suffix) && !name.hasPrefix(".") {
                var isFolder: ObjCBool = false
                let path = "\(base)/\(name)"
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
                    !name.contains("/.")
                else { continue }
                if found[name] != nil { throw SiteFilesError.collision("\(folder)/\(name)") }
                found[name] = URL(fileURLWithPath: path)
            }
        }
        return found
    }

    /// Changes whenever a file below the roots is added, removed or saved.
    func stamp() -> Int {
        var hasher = Hasher()
        for folder in ["Templates", "Public"] {
            for (name, url) in ((try? files(in: folder)) ?? [:]).sorted(by: { $0.key < $1.key }) {
                hasher.combine(name)
                let values = try? FileManager.default.attributesOfItem(atPath: url.path)
                hasher.combine(values?[.modificationDate] as? Date)
                hasher.combine(values?[.size] as? Int)
            }
        }
        return hasher.finalize()
    }
}

/// What is wrong with the templates and assets a program was shipped with. Found at start.
public enum SiteFilesError: Error, CustomStringConvertible, Equatable {
    case collision(String)
    /// A text names an asset that does not exist.
    case missing(asset: String, namedBy: String)
    case cycle([String])
    case badTemplate(String, reason: String)

    public var description: String {
        switch self {
        case .collision(let path): "two folders hold \(path)"
        case .missing(let asset, let place): "\(place) names /assets/\(asset), which does not exist"
        case .cycle(let paths): "assets name each other in a circle: \(paths.joined(separator: " → "))"
        case .badTemplate(let name, let reason): "template \(name) can't be read: \(reason)"
        }
    }
}

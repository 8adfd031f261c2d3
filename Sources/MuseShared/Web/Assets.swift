import Foundation
import HTTPTypes
import Hummingbird

/// The files for browsers, served under names that hold a hash of their content and may be kept for good.
public struct Assets: Sendable {
    private let byPath: [String: Asset]
    private let byHashedPath: [String: Asset]

    /// Reads every file below `Public`. A CSS file or module that names others gets their hashed names, so its own
    /// hash changes with theirs.
    /// - Throws: ``SiteFilesError`` for names that lead nowhere or in a circle.
    public init(folders: SiteFolders) throws {
        var loader = AssetLoader(files: try folders.files(in: "Public"))
        byPath = try loader.load()
        byHashedPath = Dictionary(byPath.values.map { ($0.hashedPath, $0) }) { first, _ in first }
    }

    /// The hashed address of the asset at `path` below `Public`; its plain address if there is none.
    public func address(of path: String) -> String {
        "/assets/" + (byPath[path]?.hashedPath ?? path)
    }

    /// The answer to a request for `path` below `/assets/`, or nil.
    public func response(for path: String, _ headers: HTTPFields) -> Response? {
        if let asset = byHashedPath[path] { return asset.response(to: headers, isHashed: true) }
        return byPath[path]?.response(to: headers, isHashed: false)
    }

    /// Every asset's path below `Public`, with its size in bytes as sent to a browser that takes gzip.
    public var sizes: [String: Int] {
        byPath.mapValues { ($0.compressed ?? $0.plain).readableBytes }
    }

    /// Puts hashed names in place of the plain ones in `text`.
    /// - Parameter place: what to call the text when it names an asset that does not exist.
    func rewriting(_ text: String, of place: String) throws(SiteFilesError) -> String {
        try AssetReferences.rewrite(text) { path throws(SiteFilesError) in
            guard let asset = byPath[path] else { throw .missing(asset: path, namedBy: place) }
            return asset.hashedPath
        }
    }
}

/// Finds what a text names as `/assets/<path>`.
enum AssetReferences {
    /// Only names with a suffix count: `/assets/art/{{name}}.svg` is put together later and keeps its plain name.
    static func rewrite(
        _ text: String,
        _ resolve: (String) throws(SiteFilesError) -> String
    ) throws(SiteFilesError) -> String {
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /\/assets\/([A-Za-z0-9_\-\/]+(?:\.[A-Za-z0-9_\-]+)+)/) {
            result += rest[..<match.range.lowerBound]
            result += "/assets/" + (try resolve(String(match.output.1)))
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }
}

/// Loads assets in the order in which they name each other, leaves first.
struct AssetLoader {
    let files: [String: URL]
    private var loaded: [String: Asset] = [:]
    private var inProgress: [String] = []

    init(files: [String: URL]) {
        self.files = files
    }

    mutating func load() throws -> [String: Asset] {
        for path in files.keys.sorted() { _ = try asset(at: path, namedBy: path) }
        return loaded
    }

    private mutating func asset(at path: String, namedBy place: String) throws -> Asset {
        if let asset = loaded[path] { return asset }
        guard let url = files[path] else { throw SiteFilesError.missing(asset: path, namedBy: place) }
        if inProgress.contains(path) { throw SiteFilesError.cycle(inProgress + [path]) }
        inProgress.append(path)
        defer { inProgress.removeLast() }
        var content = try Data(contentsOf: url)
        if path.hasSuffix(".css") || path.hasSuffix(".js") { content = try rewritten(content, path) }
        let asset = Asset(path: path, content: content)
        loaded[path] = asset
        return asset
    }

    private mutating func rewritten(_ content: Data, _ path: String) throws -> Data {
        let text = String(decoding: content, as: UTF8.self)
        var named: [String: String] = [:]
        var names: [String] = []
        _ = try AssetReferences.rewrite(text) { name throws(SiteFilesError) in
            names.append(name)
            return name
        }
        for name in names { named[name] = try asset(at: name, namedBy: path).hashedPath }
        return Data(try AssetReferences.rewrite(text) { name throws(SiteFilesError) in named[name] ?? name }.utf8)
    }
}

import Foundation
import Mustache
import NIOCore
import Synchronization

/// The templates and assets of a program, read once; in development read again after a file was saved.
public final class SiteFiles: Sendable {
    struct Loaded: Sendable {
        let library: MustacheLibrary
        let assets: Assets

        func render(_ template: String, _ root: [String: any Sendable]) throws(SiteFilesError) -> String {
            guard let text = library.render(root, withTemplate: template) else {
                throw .badTemplate(template, reason: "there is none of this name")
            }
            return text
        }
    }

    private struct State {
        var loaded: Loaded
        var stamp: Int
        var checked: NIODeadline
    }

    private let folders: SiteFolders
    private let isLive: Bool
    private let state: Mutex<State>

    /// - Parameter isLive: look for saved files, at most twice a second.
    /// - Throws: ``SiteFilesError`` for anything that can't be read: no program starts with half its pages.
    public init(folders: SiteFolders, isLive: Bool) throws {
        self.folders = folders
        self.isLive = isLive
        let loaded = try Self.load(folders)
        state = Mutex(State(loaded: loaded, stamp: isLive ? folders.stamp() : 0, checked: .now()))
    }

    /// - Throws: ``SiteFilesError`` in development, when the file just saved is wrong: the page then says what it is.
    func current() throws -> Loaded {
        try state.withLock { state in
            guard isLive, NIODeadline.now() - state.checked > .milliseconds(500) else { return state.loaded }
            let stamp = folders.stamp()
            if stamp != state.stamp {
                state.loaded = try Self.load(folders)
                state.stamp = stamp
            }
            state.checked = .now()
            return state.loaded
        }
    }

    public func assets() throws -> Assets {
        try current().assets
    }

    /// The text of every template by name, for tests that compare templates with the values they show.
    public static func templates(in folders: SiteFolders) throws -> [String: String] {
        let suffix = ".mustache"
        return try folders.files(in: "Templates", suffix: suffix).reduce(into: [:]) { texts, file in
            texts[String(file.key.dropLast(suffix.count))] = try String(contentsOf: file.value, encoding: .utf8)
        }
    }

    private static func load(_ folders: SiteFolders) throws -> Loaded {
        _ = ScalarEscaping.isRegistered
        let assets = try Assets(folders: folders)
        var library = MustacheLibrary()
        for (name, text) in try templates(in: folders) {
            // Every template, since the engine falls back to its own escaper inside a partial.
            let marked = name.hasSuffix(".txt") || text.hasPrefix("{{%") ? text : ScalarEscaping.pragma + text
            let rewritten = try assets.rewriting(marked, of: "template \(name)")
            do {
                try library.register(rewritten, named: name)
            } catch {
                throw SiteFilesError.badTemplate(name, reason: "\(error)")
            }
        }
        return Loaded(library: library, assets: assets)
    }
}

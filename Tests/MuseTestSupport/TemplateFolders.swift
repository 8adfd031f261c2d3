import Foundation

@testable import MuseShared

/// Where templates and assets lie in the source, for tests that render what is shipped.
public enum TemplateFolders {
    /// The library's folders and those of a program, whose scripts the layouts name.
    public static func source(of program: String) -> SiteFolders {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
        return SiteFolders(roots: [sources.appending(path: "MuseShared"), sources.appending(path: program)])
    }
}

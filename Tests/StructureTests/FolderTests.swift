import Foundation
import Testing

/// Inside a target folders are features, with the same names everywhere; what serves all of them stands beside.
@Suite struct FolderTests {
    private static let features: Set = [
        "Menu", "Orders", "Kitchen", "Payments", "Memberships", "Events", "Accounts", "Staff", "Email", "Media",
        "Reports",
    ]
    private static let ground: Set = [
        "Boot", "CacheVersions", "Configuration", "Database", "Problems", "Values", "Web", "Venue", "Gallery",
        "Samples",
    ]
    private static let own = ["MuseCustomer": ["Home"], "MuseAdmin": ["Commands", "Seed"]]
    private static let resources: Set = ["Templates", "Public", "MuseShared.docc"]

    @Test(arguments: ["MuseShared", "MuseCustomer", "MuseAdmin"])
    func `a target has the folders of the architecture and no others`(target: String) throws {
        let allowed = Self.features.union(Self.ground).union(Self.own[target] ?? []).union(Self.resources)
        let names = try FileManager.default.contentsOfDirectory(
            at: ProjectFile.root.appending(path: "Sources/\(target)"), includingPropertiesForKeys: [.isDirectoryKey])
        let folders = try names.filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        #expect(!folders.isEmpty)
        #expect(folders.map(\.lastPathComponent).filter { !allowed.contains($0) } == [])
    }

    @Test func `source folders do not nest`() {
        let nested = ProjectFile.sources.filter { $0.folders.count > 3 }.map(\.path)
        #expect(!ProjectFile.sources.isEmpty)
        #expect(nested == [])
    }

    @Test func `the top level holds what the architecture lists`() throws {
        let known: Set = [
            "Package.swift", "Package.resolved", "README.md", "Sources", "Tests", "migrations", "deploy",
        ]
        let names = try FileManager.default.contentsOfDirectory(atPath: ProjectFile.root.path)
        #expect(names.filter { !$0.hasPrefix(".") && !known.contains($0) } == [])
    }
}

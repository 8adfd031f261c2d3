import Foundation
import Synchronization

/// One of our programs, running as a process of its own with its output in files.
final class ChildProgram: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let name: String
    private let process: Mutex<Process>
    private let output: URL
    private let errors: URL

    /// Starts a program of the build folder, or one of the system when `name` is a path.
    init(_ name: String, _ arguments: [String], settings: [String: String], folder: URL, input: Data = Data()) throws {
        self.name = name
        let run = UUID().uuidString.prefix(8)
        let file = folder.appending(path: "\(URL(filePath: name).lastPathComponent)-\(run)")
        output = file.appendingPathExtension("out")
        errors = file.appendingPathExtension("err")
        let feed = file.appendingPathExtension("in")
        try input.write(to: feed)
        for url in [output, errors] { try Data().write(to: url) }
        let child = Process()
        child.executableURL = name.hasPrefix("/") ? URL(filePath: name) : Self.binaries.appending(path: name)
        child.arguments = arguments
        child.environment = Self.inherited.merging(settings) { $1 }
        child.currentDirectoryURL = folder
        child.standardInput = try FileHandle(forReadingFrom: feed)
        child.standardOutput = try FileHandle(forWritingTo: output)
        child.standardError = try FileHandle(forWritingTo: errors)
        try child.run()
        process = Mutex(child)
    }

    var pid: Int32 { process.withLock { $0.processIdentifier } }
    var isRunning: Bool { process.withLock { $0.isRunning } }
    var printed: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
    var complained: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    /// The address in the line that a server prints when it is ready.
    func address(within limit: Duration = .seconds(30)) async throws -> String {
        try await eventually("\(name) prints its address", within: limit) {
            if let line = self.printed.split(separator: "\n").first(where: { $0.contains(" listening on ") }) {
                return line.split(separator: " ").last.map(String.init)
            }
            guard self.isRunning else { throw Failure(description: "\(self.name) ended: \(self.complained)") }
            return nil
        }
    }

    func signal(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// Waits until it has ended and tells its exit code; a signal counts as its negative number.
    func exitCode(within limit: Duration = .seconds(15)) async throws -> Int {
        try await eventually("\(name) ends", within: limit) { self.isRunning ? nil : true }
        return process.withLock { process in
            process.terminationReason == .exit ? Int(process.terminationStatus) : -Int(process.terminationStatus)
        }
    }

    @discardableResult
    func stop() async throws -> Int {
        signal(SIGTERM)
        return try await exitCode()
    }

    /// As if the power were cut for this process alone: no handler of its own runs.
    func kill9() async throws {
        signal(SIGKILL)
        _ = try await exitCode()
    }

    deinit {
        if isRunning { kill(pid, SIGKILL) }
    }

    /// Where the test program itself lies, beside the others.
    static let binaries: URL = {
        if let folder = ProcessInfo.processInfo.environment["MUSE_BIN_DIR"] { return URL(filePath: folder) }
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(filePath: own).deletingLastPathComponent()
    }()

    /// What a process needs of ours; nothing that would configure a service.
    private static let inherited: [String: String] = ProcessInfo.processInfo.environment.filter { name, _ in
        ["PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR"].contains(name)
    }
}

/// Runs a program to its end.
func run(
    _ name: String, _ arguments: [String], settings: [String: String] = [:], in folder: URL, input: Data = Data()
) async throws -> (code: Int, output: String, errors: String) {
    let child = try ChildProgram(name, arguments, settings: settings, folder: folder, input: input)
    let code = try await child.exitCode(within: .seconds(60))
    return (code, child.printed, child.complained)
}

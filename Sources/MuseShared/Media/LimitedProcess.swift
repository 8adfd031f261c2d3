import Foundation
import Subprocess
import SystemPackage

/// Runs a program that handles what strangers have sent, so that nothing it does can reach further than its folder.
///
/// `prlimit` (util-linux) puts hard limits on it and then becomes it; the kernel holds them even if this process dies
/// meanwhile. The clock on the wall is watched from here.
struct LimitedProcess: Sendable {
    struct Limits: Sendable {
        var addressSpaceBytes = 1 << 30
        var cpuSeconds = 10
        var fileBytes = 1 << 29
        var openFiles = 64
        var wallClock = Duration.seconds(20)
    }

    enum Failure: Error, Equatable {
        case notInstalled(String)
        /// It ended otherwise than with 0: what it said last, for the log.
        case refused(String)
        case timedOut
    }

    var limits = Limits()

    /// - Parameter environment: all of it; nothing of our own is passed on, secrets least of all.
    func callAsFunction(
        _ program: String, _ arguments: [String], in folder: String, environment: [String: String]
    ) async throws(Failure) {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await launch(program, arguments, folder, environment) }
                group.addTask {
                    try await Task.sleep(for: limits.wallClock)
                    throw Failure.timedOut
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .refused("\(error)")
        }
    }

    /// Cancelling it kills the process.
    private func launch(
        _ program: String, _ arguments: [String], _ folder: String, _ environment: [String: String]
    ) async throws {
        var options = PlatformOptions()
        options.teardownSequence = []
        let bounds = [
            "--as=\(limits.addressSpaceBytes)", "--cpu=\(limits.cpuSeconds)", "--fsize=\(limits.fileBytes)",
            "--nofile=\(limits.openFiles)", "--core=0", program,
        ]
        let variables = Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
        let result: ExecutionResult<Void, DiscardedOutput, StringOutput<UTF8>>
        do {
            result = try await run(
                .name("prlimit"), arguments: Arguments(bounds + arguments), environment: .custom(variables),
                workingDirectory: FilePath(folder), platformOptions: options, input: .none, output: .discarded,
                error: .string(limit: 65_536))
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw Failure.notInstalled("prlimit")
        }
        if result.terminationStatus.isSuccess { return }
        if result.terminationStatus == .exited(127) { throw Failure.notInstalled(program) }
        throw Failure.refused("\(program) \(result.terminationStatus): \(result.standardError.prefix(500))")
    }
}

import Foundation
import Testing

@testable import MuseShared

struct LimitedProcessTests {
    private func run(
        _ program: String, _ arguments: String..., limits: LimitedProcess.Limits = .init()
    ) async throws(LimitedProcess.Failure) {
        try await LimitedProcess(limits: limits)(
            program, arguments, in: "/tmp", environment: ["PATH": "/usr/bin:/bin"])
    }

    private func failure(
        _ script: String, limits: LimitedProcess.Limits = .init()
    ) async -> LimitedProcess.Failure? {
        do throws(LimitedProcess.Failure) {
            try await run("sh", "-c", script, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a program runs in its folder`() async throws {
        try await run("sh", "-c", #"[ "$(pwd)" = /tmp ]"#)
    }

    @Test func `nothing of our environment is passed on`() async throws {
        setenv("MUSE_TEST_SECRET", "s", 1)
        try await run("sh", "-c", #"[ -z "$MUSE_TEST_SECRET" ]"#)
    }

    @Test func `what it said last is told`() async {
        guard case .refused(let words) = await failure("echo no such picture >&2; exit 3") else {
            Issue.record("it was not refused")
            return
        }
        #expect(words.contains("no such picture"))
    }

    @Test func `a program that is not there is told by name`() async {
        await #expect(throws: LimitedProcess.Failure.notInstalled("muse-no-such-program")) {
            try await run("muse-no-such-program")
        }
    }

    @Test func `one that never ends is killed`() async throws {
        let file = "/tmp/muse-sleeper-\(IDSource.live.next())"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let found = await failure("echo $$ >\(file); exec sleep 600", limits: .init(wallClock: .seconds(1)))
        #expect(found == .timedOut)
        let text = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let process = try #require(pid_t(text))
        #expect(kill(process, 0) == -1 && errno == ESRCH, "it still runs")
    }

    @Test(arguments: [
        (LimitedProcess.Limits(cpuSeconds: 1), "while :; do :; done"),
        (
            LimitedProcess.Limits(fileBytes: 1000),
            "head -c 2000 /dev/zero >muse-limit-$$; code=$?; rm muse-limit-$$; exit $code"
        ),
        (
            LimitedProcess.Limits(addressSpaceBytes: 40_000_000),
            "head -c 60000000 /dev/zero | tail -c 60000000 >/dev/null"
        ),
    ])
    func `the kernel holds it to its limits`(_ limits: LimitedProcess.Limits, _ script: String) async {
        guard case .refused = await failure(script, limits: limits) else {
            Issue.record("it was let go: \(script)")
            return
        }
    }
}

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Hummingbird's HTTP/1 connections with our guards in front, each served on the thread that reads it.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let inner: HTTP1Channel
    let limits: ConnectionLimits
    let gate: ConnectionGate
    let executors: LoopExecutors

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let address = NetworkAddress(channel.remoteAddress) ?? .unknown
        guard gate.enter(address) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(TooManyConnections())
        }
        channel.closeFuture.whenComplete { [gate] _ in gate.leave(address) }
        do {
            try channel.pipeline.syncOperations.addHandler(SlowClientGuard(limits: limits))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return inner.setup(channel: channel, logger: logger)
    }

    /// Runs the connection's requests on its event loop: between two threads each request would be handed over four
    /// times, which costs more than serving it from memory.
    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(executors.executor(of: value.channel.eventLoop)) {
            await inner.handle(value: value, logger: logger)
        }
    }
}

struct TooManyConnections: Error {}

/// One task executor for each event loop.
final class LoopExecutors: Sendable {
    private let executors: [ObjectIdentifier: LoopExecutor]

    init(_ group: any EventLoopGroup) {
        executors = Dictionary(group.makeIterator().map { (ObjectIdentifier($0), LoopExecutor(loop: $0)) }) {
            first, _ in first
        }
    }

    func executor(of loop: any EventLoop) -> LoopExecutor {
        executors[ObjectIdentifier(loop)] ?? LoopExecutor(loop: loop)
    }
}

/// Runs tasks on an event loop's thread.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

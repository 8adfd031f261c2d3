import NIOCore

/// Closes a connection whose client takes too long: over its headers, its body, or over reading our answer.
///
/// Stands first in the pipeline and sees bytes; ``RequestPartGuard`` tells it where the request stands.
final class SlowClientGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private enum Phase {
        case idle, header, body, answering
    }

    private let limits: ConnectionLimits
    private var phase = Phase.header
    private var deadline: NIODeadline
    /// Requests whose answer is not yet written: more than one when the client sends ahead.
    private var open = 0
    private var written = 0
    /// Since when bytes wait to be taken by the client, and how many it had taken by then.
    private var stall: (since: NIODeadline, taken: Int)?
    private var ticking: RepeatedTask?

    init(limits: ConnectionLimits) {
        self.limits = limits
        deadline = .now() + limits.header
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        ticking = context.eventLoop.scheduleRepeatedTask(initialDelay: limits.tick, delay: limits.tick) { _ in
            bound.value.handler.tick(bound.value.context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { ticking?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        ticking?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if phase == .idle {
            phase = .header
            deadline = .now() + limits.header
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        written += unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    func headersEnded(declared: Int?) {
        phase = .body
        open += 1
        deadline = limits.bodyDeadline(from: .now(), declared: declared)
    }

    func bodyEnded() {
        if open > 0 { phase = .answering } else { becomeIdle() }
    }

    /// One answer is written. A body that is still coming keeps its deadline.
    func answered() {
        open = max(0, open - 1)
        if open == 0, phase == .answering { becomeIdle() }
    }

    private func becomeIdle() {
        phase = .idle
        deadline = .now() + limits.idle
    }

    private func tick(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        let isLate = phase != .answering && now > deadline
        if isLate || isStalled(context, now) {
            ticking?.cancel()
            context.close(promise: nil)
        }
    }

    private func isStalled(_ context: ChannelHandlerContext, _ now: NIODeadline) -> Bool {
        guard let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes), waiting > 0 else {
            stall = nil
            return false
        }
        let taken = written - waiting
        guard let begun = stall else {
            stall = (now, taken)
            return false
        }
        guard now - begun.since > limits.write else { return false }
        if taken - begun.taken < limits.leastDrain { return true }
        stall = (now, taken)
        return false
    }
}

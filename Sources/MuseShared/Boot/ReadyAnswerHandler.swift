import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Gives the answers of a ``ReadyDoor`` on the connection itself; every other request goes on to Hummingbird.
///
/// Answers keep the order of their requests: while one is with Hummingbird, those that follow it go there too. And
/// a client that asks without reading is held back there, so while what was written waits, nothing is answered here.
final class ReadyAnswerHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let door: ReadyDoor
    private var peer = NetworkAddress.unknown
    /// Requests that went on and whose answer has not ended.
    private var unanswered = 0
    /// Of the request whose end has not come.
    private var held: HTTPRequest?
    private var hasWritten = false

    init(door: ReadyDoor) {
        self.door = door
    }

    func handlerAdded(context: ChannelHandlerContext) {
        peer = NetworkAddress(context.channel.remoteAddress) ?? .unknown
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head(let head):
            if unanswered == 0, context.channel.isWritable, door.mayAnswer(head) {
                held = head
            } else {
                unanswered += 1
                context.fireChannelRead(data)
            }
        case .body:
            passOnHeld(context)
            context.fireChannelRead(data)
        case .end:
            if let head = held, let answer = door.answer(head, from: peer) {
                held = nil
                write(answer, context)
            } else {
                passOnHeld(context)
                context.fireChannelRead(data)
            }
        }
    }

    private func passOnHeld(_ context: ChannelHandlerContext) {
        guard let head = held else { return }
        held = nil
        unanswered += 1
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func write(_ answer: ReadyDoor.Answer, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        if let body = answer.body { context.write(wrapOutboundOut(.body(body)), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        hasWritten = true
    }

    /// One flush for all that came in one read.
    func channelReadComplete(context: ChannelHandlerContext) {
        if hasWritten {
            hasWritten = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered = max(0, unanswered - 1) }
        context.write(data, promise: promise)
    }
}

import Foundation
import Synchronization

/// Where the producer of an event stream puts its events.
public final class EventSink: Sendable {
    private struct State {
        var waiting: [String] = []
        var isFinished = false
        var reader: CheckedContinuation<String?, Never>?
        var writers: [CheckedContinuation<Void, Never>] = []
    }

    private static let most = 64
    private let state = Mutex(State())

    init() {}

    /// Whether nobody listens any more. A producer that loops should end then.
    public var isFinished: Bool { state.withLock(\.isFinished) }

    /// Sends one event; waits while the reader is 64 events behind.
    /// - Parameter data: any text; line breaks in it are kept.
    /// - Throws: `CancellationError` once the client has left or the service drains.
    public func send(event: String? = nil, data: String, id: String? = nil) async throws {
        var text = ""
        if let event { text += "event: \(Self.oneLine(event))\n" }
        if let id { text += "id: \(Self.oneLine(id))\n" }
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            text += "data: \(line)\n"
        }
        push(text + "\n")
        await roomIsThere()
        if isFinished { throw CancellationError() }
    }

    /// Sends one event whose data is `value` as JSON.
    public func send(event: String? = nil, data value: some Encodable, id: String? = nil) async throws {
        let json = try MuseJSON.encoder.encode(value)
        try await send(event: event, data: String(decoding: json, as: UTF8.self), id: id)
    }

    /// An event of its own, not a comment, which scripts never see: a page that hears nothing calls itself stale.
    /// Left out when something else waits to be sent.
    func beat() {
        if state.withLock({ $0.waiting.isEmpty }) { push("event: ping\ndata: \n\n") }
    }

    func finish() {
        let (reader, writers) = state.withLock { state in
            state.isFinished = true
            defer {
                state.reader = nil
                state.writers = []
            }
            return (state.reader, state.writers)
        }
        reader?.resume(returning: nil)
        for writer in writers { writer.resume() }
    }

    /// What to write next; nil at the end.
    func next() async -> String? {
        await withCheckedContinuation { continuation in
            let (text, writers): (String??, [CheckedContinuation<Void, Never>]) = state.withLock { state in
                if !state.waiting.isEmpty {
                    let text = state.waiting.joined()
                    state.waiting = []
                    defer { state.writers = [] }
                    return (.some(text), state.writers)
                }
                if state.isFinished { return (.some(nil), []) }
                state.reader = continuation
                return (nil, [])
            }
            if let text { continuation.resume(returning: text) }
            for writer in writers { writer.resume() }
        }
    }

    private func push(_ text: String) {
        let reader = state.withLock { state -> CheckedContinuation<String?, Never>? in
            if state.isFinished { return nil }
            guard let reader = state.reader else {
                state.waiting.append(text)
                return nil
            }
            state.reader = nil
            return reader
        }
        reader?.resume(returning: text)
    }

    private func roomIsThere() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isReady = state.withLock { state in
                if state.isFinished || state.waiting.count < Self.most { return true }
                state.writers.append(continuation)
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    private static func oneLine(_ text: String) -> String {
        String(text.filter { !$0.isNewline })
    }
}

import Foundation
import Synchronization

/// One screen of the kitchen: a stream that is read on a thread of its own.
final class BoardScreen: Sendable {
    private let heard = Mutex("")

    init(_ client: WebClient, station: String? = nil) throws {
        guard let port = URL(string: client.base)?.port, let cookie = client.cookie else {
            throw NeverHappened(description: "\(client.base) is nobody's site")
        }
        let path = station.map { "/api/board/stream?station=\($0)" } ?? "/api/board/stream"
        let request = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nCookie: \(cookie)\r\n\r\n"
        Thread.detachNewThread { [self] in
            guard let connection = try? RawConnection(port: port, patience: 20) else { return }
            connection.send(request)
            var bytes = connection.receive()
            while !bytes.isEmpty {
                let text = String(decoding: bytes, as: UTF8.self)
                heard.withLock { $0 += text }
                bytes = connection.receive()
            }
        }
    }

    func has(_ text: String) -> Bool {
        heard.withLock { $0.contains(text) }
    }

    func hears(_ text: String) async throws {
        try await eventually("a board hears \(text)") { has(text) ? true : nil }
    }
}

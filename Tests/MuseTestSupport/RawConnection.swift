import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A TCP connection that sends exactly the bytes a test writes: no HTTP library mends them on the way.
public final class RawConnection: Sendable {
    public enum Failure: Error {
        case notConnected, notSent, timedOut
    }

    private let socket: Int32

    /// - Parameter receiveBuffer: bytes the kernel keeps for a client that doesn't read; nil leaves it to the kernel.
    public init(port: Int, receiveBuffer: Int32? = nil) throws {
        #if canImport(Glibc)
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        if var size = receiveBuffer {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let outcome = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw Failure.notConnected }
    }

    deinit { close(socket) }

    public func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    public func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Self.write(socket, $0) }
            guard sent > 0 else { throw Failure.notSent }
            rest = rest.dropFirst(sent)
        }
    }

    /// Everything until the server closes the connection.
    /// - Throws: ``Failure/timedOut`` when it doesn't within `seconds`.
    public func readToEnd(within seconds: Double = 10) async throws -> [UInt8] {
        try await read(within: seconds) { _ in false }
    }

    /// Reads until `isEnough` says so or the server closes.
    public func read(
        within seconds: Double = 10,
        until isEnough: @escaping @Sendable ([UInt8]) -> Bool
    ) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { [self] in
                continuation.resume(with: Result { try readBlocking(seconds, isEnough) })
            }
        }
    }

    private func readBlocking(_ seconds: Double, _ isEnough: ([UInt8]) -> Bool) throws -> [UInt8] {
        let deadline = Date(timeIntervalSinceNow: seconds)
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(received) {
            var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let left = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
            guard poll(&poller, 1, left) > 0 else { throw Failure.timedOut }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return received }
            received += buffer.prefix(count)
        }
        return received
    }

    private static func write(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        return Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #else
        return Darwin.send(socket, bytes.baseAddress, bytes.count, 0)
        #endif
    }
}

import Foundation
import Logging
import Synchronization

/// Writes each log event as one line on standard error: JSON for machines, or short text for people in development.
public struct LogLines: LogHandler {
    public enum Style: Sendable {
        case json, readable
    }

    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level = .info
    private let label: String
    private let style: Style
    private let write: @Sendable (String) -> Void

    public init(label: String, style: Style, write: @escaping @Sendable (String) -> Void = LogLines.toStandardError) {
        self.label = label
        self.style = style
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        if let error = event.error { all["error"] = .string(String(reflecting: error)) }
        write(style == .json ? json(event, all) : readable(event, all))
    }

    /// The encoder escapes line breaks and quotes, so that no input can begin a line of its own.
    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var line = Line(
            time: Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
            level: event.level.rawValue,
            logger: label,
            message: event.message.description,
            request: metadata["request"]?.description,
            metadata: [:]
        )
        for (key, value) in metadata where key != "request" { line.metadata[key] = value.description }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private func readable(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        let time = Date().formatted(Date.ISO8601FormatStyle()).dropFirst(11).dropLast()
        let facts = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let line = (["\(time) \(event.level.rawValue)", event.message.description] + facts).joined(separator: " ")
        return String(line.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : Character($0) })
    }

    private struct Line: Encodable {
        let time, level, logger, message: String
        let request: String?
        var metadata: [String: String]
    }

    /// One write a line, under a lock, so that lines of two threads never mix.
    public static func toStandardError(_ line: String) {
        lock.withLock { _ in _ = try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }
    }

    private static let lock = Mutex<Void>(())
}

import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The parts of a `multipart/form-data` body (RFC 7578).
///
/// Without script a browser sends a file in no other form, and none of our libraries reads it. So this reads what
/// browsers write, and refuses everything else that MIME allows: nested parts, encodings, text around the parts.
public struct MultipartForm: Sendable {
    public struct Part: Sendable, Equatable {
        public let name: String
        /// Nil for what is no file. A file that was not chosen has the name “”.
        public let fileName: String?
        public let content: ArraySlice<UInt8>
    }

    public let parts: [Part]

    private static let mostParts = 16
    private static let longestHead = 2048
    private static let head: [UInt8] = Array("\r\n\r\n".utf8)

    /// - Throws: 400 for a body that is not exactly parts between boundaries.
    init(_ body: [UInt8], boundary: String) throws(Problem) {
        let bytes = CheckedBytes(body)
        let first = Array("--\(boundary)".utf8)
        let delimiter = Array("\r\n--\(boundary)".utf8)
        guard bytes.begins(with: first) else { throw Self.broken }
        var place = first.count
        var parts: [Part] = []
        while !bytes.begins(with: Array("--".utf8), at: place) {
            guard parts.count < Self.mostParts, bytes.begins(with: Array("\r\n".utf8), at: place),
                let content = Self.find(Self.head, in: bytes, from: place, atMost: Self.longestHead),
                let end = Self.find(delimiter, in: bytes, from: content + 2),
                let head = bytes.part(place + 2, max(0, content - place - 2)),
                let inside = bytes.part(content + 4, max(0, end - content - 4))
            else { throw Self.broken }
            parts.append(try Self.part(head, inside))
            place = end + delimiter.count
        }
        let isAtEnd =
            bytes.count == place + 2 || (bytes.count == place + 4 && bytes.begins(with: [13, 10], at: place + 2))
        guard isAtEnd else { throw Self.broken }
        self.parts = parts
    }

    public func file(_ name: String) -> [UInt8]? {
        parts.first { $0.name == name && $0.fileName != nil }.map { Array($0.content) }
    }

    /// The fields that are no files, as another form would have them.
    public var fields: FormFields {
        FormFields(
            pairs: parts.filter { $0.fileName == nil }.map {
                FormFields.Pair(name: $0.name, value: String(decoding: $0.content, as: UTF8.self))
            })
    }

    private static func find(
        _ wanted: [UInt8], in bytes: CheckedBytes, from start: Int, atMost distance: Int = .max
    ) -> Int? {
        guard let initial = wanted.first else { return nil }
        var place = start
        while let found = bytes.next(initial, from: place), found - start <= distance {
            if bytes.begins(with: wanted, at: found) { return found }
            place = found + 1
        }
        return nil
    }

    private static func part(_ head: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>) throws(Problem) -> Part {
        guard let text = String(validating: head, as: UTF8.self) else { throw broken }
        let lines = text.split(separator: "\r\n").map { $0.split(separator: ":", maxSplits: 1) }
        guard lines.allSatisfy({ $0.count == 2 }) else { throw broken }
        let headers = lines.map { (name: $0[0].lowercased(), value: $0[1].drop { $0 == " " }) }
        guard headers.allSatisfy({ ["content-disposition", "content-type"].contains($0.name) }),
            let disposition = headers.first(where: { $0.name == "content-disposition" })?.value,
            disposition.hasPrefix("form-data;"),
            let name = disposition.firstMatch(of: /; name="([^"\r\n]*)"/)
        else { throw broken }
        let fileName = disposition.firstMatch(of: /; filename="([^"\r\n]*)"/).map { String($0.output.1) }
        if fileName == nil, String(validating: content, as: UTF8.self) == nil { throw broken }
        return Part(name: String(name.output.1), fileName: fileName, content: content)
    }

    private static var broken: Problem { .malformed("The form is not well put together.") }
}

extension Request {
    /// The boundary of a form with files; nil for any other body.
    private var boundary: String? {
        guard let type = headers[.contentType], type.lowercased().hasPrefix("multipart/form-data"),
            let found = type.firstMatch(of: /;\s*boundary="?([0-9A-Za-z'()+_,.\/:=?-]{1,70})"?\s*$/)
        else { return nil }
        return String(found.output.1)
    }

    public var isMultipart: Bool { boundary != nil }

    /// - Throws: 415 when the body is no form with files, 400 when it can't be read.
    public func multipartForm(_ context: some WebContext) async throws -> MultipartForm {
        guard let boundary else { throw Problem.unsupportedType }
        return try MultipartForm(Array(try await rawBody(context).readableBytesView), boundary: boundary)
    }
}

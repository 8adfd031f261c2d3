import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import MuseShared

struct RequestInputTests {
    struct Line: Decodable, Equatable {
        let itemId: String
        let quantity: Int64
    }

    struct Body: Decodable, Equatable {
        let name: String
        let lines: [Line]
        let tip: Int64?
    }

    private func problem(_ json: String) -> Problem? {
        do {
            _ = try RequestJSON.decode(Body.self, from: ByteBuffer(string: json))
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test func `well-formed JSON is decoded`() throws {
        let json = #"{"name": "Zoë \"Z\" {[", "lines": [{"itemId": "a", "quantity": 2}], "extra": [[]]}"#
        let body = try RequestJSON.decode(Body.self, from: ByteBuffer(string: json))
        #expect(body == Body(name: "Zoë \"Z\" {[", lines: [Line(itemId: "a", quantity: 2)], tip: nil))
    }

    @Test(arguments: [
        "", "{", "nope", "{}{}", #"{"name":"a","lines":[]} x"#, #"{"name":NaN,"lines":[]}"#,
        #"{"name":"a" "lines":[]}"#,
        #"{'name':'a'}"#, #"{"name":"a","name":"b","lines":[]}"#, #"{"name":"a","n\u0061me":"b","lines":[]}"#,
    ])
    func `malformed JSON, repeated keys and trailing text are a 400`(json: String) {
        #expect(problem(json)?.status.code == 400)
    }

    @Test func `nesting beyond 64 levels is a 400, 64 are not`() {
        func nested(_ depth: Int) -> String {
            #"{"name":"a","lines":[],"x":"# + String(repeating: "[", count: depth)
                + String(repeating: "]", count: depth) + "}"
        }
        #expect(problem(nested(63)) == nil)
        #expect(problem(nested(64))?.status.code == 400)
        #expect(problem(String(repeating: "[", count: 9000))?.status.code == 400)
    }

    @Test(arguments: [
        (#"{"name":"a","lines":[{"itemId":"x","quantity":"2"}]}"#, "lines[0].quantity"),
        (#"{"name":"a","lines":[{"itemId":"x","quantity":1.5}]}"#, "lines[0].quantity"),
        (#"{"name":"a","lines":[{"itemId":"x","quantity":99999999999999999999}]}"#, "lines[0].quantity"),
        (#"{"name":"a","lines":[{"quantity":1}]}"#, "lines[0].itemId"), (#"{"name":7,"lines":[]}"#, "name"),
        (#"{"name":null,"lines":[]}"#, "name"), (#"{"lines":[]}"#, "name"), (#"{"name":"a","lines":{}}"#, "lines"),
    ])
    func `a wrong type is a 422 that names its field`(json: String, field: String) {
        #expect(problem(json)?.status.code == 422)
        #expect(problem(json)?.errors.first?.field == field)
    }

    /// The decoder reads UTF-16 and UTF-32, in which the guard would not see that a member is named twice.
    @Test(arguments: [
        String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
    ])
    func `JSON in other encodings is a 400`(encoding: String.Encoding) throws {
        let json = #"{"name":"a","lines":[],"tip":1,"tip":2}"#
        let bytes = try #require(json.data(using: encoding))
        #expect(try JSONDecoder().decode(Body.self, from: bytes).name == "a", "the control: the decoder takes it")
        do {
            _ = try RequestJSON.decode(Body.self, from: ByteBuffer(bytes: bytes))
            Issue.record("it was taken")
        } catch let problem as Problem {
            #expect(problem.status.code == 400)
        }
    }

    @Test func `text that is no UTF-8 is a 400`() {
        let bytes = Array(#"{"name":""#.utf8) + [0xff, 0xfe] + Array(#"","lines":[]}"#.utf8)
        #expect(throws: Problem.self) { try RequestJSON.decode(Body.self, from: ByteBuffer(bytes: bytes)) }
    }
}

struct FormFieldsTests {
    struct Contact: Decodable, Equatable {
        let name: String
        let phone: String?
    }

    struct Order: Decodable, Equatable {
        let quantity: Int64
        let tip: Int?
        let wantsMail: Bool?
        let options: [String]
        let contact: Contact
    }

    @Test func `a form decodes like JSON: repeated names are lists, empty fields are nil`() throws {
        let fields = try FormFields(
            text: "quantity=2&tip=&wantsMail=on&options=a&options=b&contact.name=Zo%C3%AB+B&contact.phone="
        )
        let expected = Order(
            quantity: 2, tip: nil, wantsMail: true, options: ["a", "b"], contact: Contact(name: "Zoë B", phone: nil))
        #expect(try fields.decode(Order.self) == expected)
        #expect(fields.all("options") == ["a", "b"])
        #expect(fields.first("quantity") == "2")
        #expect(fields.names == ["quantity", "tip", "wantsMail", "options", "contact.name", "contact.phone"])
    }

    @Test func `one ticked box is a list of one, an unticked one is nil`() throws {
        let order = try FormFields(text: "quantity=1&options=a&contact.name=A").decode(Order.self)
        #expect(order.options == ["a"])
        #expect(order.wantsMail == nil)
    }

    @Test func `a wrong number is a 422 on its field`() throws {
        let fields = try FormFields(text: "quantity=two&options=a&contact.name=A")
        do {
            _ = try fields.decode(Order.self)
            Issue.record("two was taken for a number")
        } catch let problem as Problem {
            #expect(problem.status.code == 422)
            #expect(problem.errors.map(\.field) == ["quantity"])
        }
    }

    @Test(arguments: ["a=%", "a=%zz", "%f=1", "a=%ff"])
    func `broken encoding is a 400`(text: String) {
        #expect(throws: Problem.self) { try FormFields(text: text) }
    }

    @Test func `too many fields are a 400`() {
        #expect(throws: Problem.self) { try FormFields(text: String(repeating: "a=1&", count: 1001)) }
    }
}

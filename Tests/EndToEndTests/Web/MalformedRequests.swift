import MuseTestSupport

/// Makes requests as no client would send them: each is one step away from something the services take.
struct MalformedRequests {
    /// Bytes to send, and whether the other side can know that they have ended.
    struct Draft: Sendable {
        let bytes: [UInt8]
        var isWhole = true
        let kind: String
    }

    let port: Int
    /// Addresses worth hitting, reads and writes alike.
    let paths: [String]
    /// A good body for the writes, to be spoilt.
    let bodies: [String]
    /// Sent with half of the requests, so that they get past the door.
    let cookie: String?
    var generator: SeededGenerator

    mutating func next() -> Draft {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return noise()
        case 1: return target()
        case 2: return requestLine()
        case 3: return headers()
        case 4: return large()
        case 5: return framing()
        case 6: return truncated()
        case 7: return chunked()
        case 8: return cookies()
        case 9: return mediaTypes()
        case 10: return values()
        default: return spoiltBody()
        }
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &generator)]
    }

    private mutating func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: count, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private mutating func visible(_ count: ClosedRange<Int>) -> String {
        String(
            decoding: (0..<Int.random(in: count, using: &generator)).map { _ in
                UInt8.random(in: 33...126, using: &generator)
            }, as: UTF8.self)
    }

    /// A whole request in good form.
    private mutating func request(
        _ method: String, _ path: [UInt8], _ fields: [[UInt8]] = [], body: [UInt8] = [],
        type: String = "application/json"
    ) -> [UInt8] {
        var head = Array("\(method) ".utf8) + path
        head += Array(" HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nOrigin: http://127.0.0.1:\(port)\r\n".utf8)
        if let cookie, Bool.random(using: &generator) { head += Array("Cookie: \(cookie)\r\n".utf8) }
        for field in fields { head += field + [13, 10] }
        if method != "GET" {
            head += Array("Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n".utf8)
            head += Array("Idempotency-Key: \(visible(1...40))\r\n".utf8)
        }
        return head + [13, 10] + body
    }

    private mutating func method() -> String { pick(["GET", "POST", "PATCH", "PUT", "DELETE"]) }

    private mutating func noise() -> Draft {
        Draft(bytes: bytes(1...400), isWhole: false, kind: "noise")
    }

    private mutating func target() -> Draft {
        let wrong = [
            "%", "%zz", "%00", "%c3%28", "%ff%fe", "%2e%2e%2f", "/../../etc/passwd", "?a=%", "?token=%c0%af",
            "?%00=%00",
            "//", "/\\", "#x", "?a[]=1&a[]=2", "%25%32%65", String(repeating: "/x", count: 900),
            "?q=" + visible(1...200),
        ]
        var path = Array((pick(paths) + pick(wrong)).utf8)
        if Bool.random(using: &generator) { path += bytes(1...8).filter { $0 > 32 } }
        let method = method()
        return Draft(bytes: request(method, path, body: method == "GET" ? [] : Array("{}".utf8)), kind: "target")
    }

    private mutating func requestLine() -> Draft {
        let path = pick(paths)
        let line = pick([
            "GET \(path)", "GET \(path) HTTP/9.9", "GET \(path) HTTP/0.9", "GET  \(path)  HTTP/1.1",
            "get \(path) HTTP/1.1",
            "TRACE \(path) HTTP/1.1", "CONNECT \(path) HTTP/1.1", "BREW \(path) HTTP/1.1", "\(path)", "GET",
            "GET http://evil.example\(path) HTTP/1.1", "OPTIONS * HTTP/1.1", "PRI * HTTP/2.0", "GET \(path) HTTP/2",
            "\(visible(1...60)) \(visible(1...60)) \(visible(1...20))",
        ])
        return Draft(bytes: Array("\(line)\r\nHost: x\r\n\r\n".utf8), isWhole: false, kind: "request line")
    }

    private mutating func headers() -> Draft {
        let wrong: [[UInt8]] = [
            Array("no colon here".utf8), Array(": no name".utf8), Array("Bad Name: x".utf8), Array(" folded: x".utf8),
            Array("X-Null: a".utf8) + [0] + Array("b".utf8), Array("X-High: ".utf8) + bytes(1...40).filter { $0 > 127 },
            Array("Host: second".utf8), Array("Expect: 200-nothing".utf8),
            Array("Accept-Encoding: ".utf8) + bytes(1...30),
            Array("If-None-Match: ".utf8) + bytes(1...60).filter { $0 > 31 },
            Array("Range: bytes=-1-99999999999999999999".utf8),
            Array("X-Forwarded-For: ".utf8) + bytes(1...60).filter { $0 > 31 }, Array("Upgrade: h2c".utf8),
            Array("Accept: ".utf8) + bytes(1...60).filter { $0 > 31 }, Array("Connection: \(visible(1...40))".utf8),
            Array("Authorization: Muse-Service v1.\(visible(1...80))".utf8),
            Array("Content-Type: ".utf8) + bytes(1...40),
            Array("Stripe-Signature: t=\(visible(1...30)),v1=\(visible(1...70))".utf8),
        ]
        let fields = [pick(wrong), pick(wrong)]
        let method = method()
        return Draft(
            bytes: request(method, Array(pick(paths).utf8), fields, body: Array("{}".utf8)), isWhole: false,
            kind: "header")
    }

    private mutating func large() -> Draft {
        let path = Array(pick(paths).utf8)
        let huge = [
            [Array("X-Big: \(String(repeating: "x", count: 20_000))".utf8)],
            (0..<500).map { Array("X-\($0): \($0)".utf8) },
            [Array("Cookie: \(String(repeating: "a=b; ", count: 3000))".utf8)],
        ]
        if Bool.random(using: &generator) {
            return Draft(bytes: request("GET", path, pick(huge)), isWhole: false, kind: "large")
        }
        let count = Int.random(in: 10_241...40_000, using: &generator)
        let body = [UInt8](repeating: UInt8(ascii: "["), count: count)
        return Draft(bytes: request("POST", path, body: body), isWhole: false, kind: "large")
    }

    private mutating func framing() -> Draft {
        let fields = pick([
            "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 1\r\nContent-Length: 2",
            "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked, chunked",
            "Content-Length: 0x10", "Content-Length:", "Content-Length: 1 2", "Transfer-Encoding : chunked",
        ])
        let text = "POST \(pick(paths)) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        return Draft(bytes: Array(text.utf8), isWhole: false, kind: "framing")
    }

    private mutating func truncated() -> Draft {
        let whole = request("POST", Array(pick(paths).utf8), body: Array(pick(bodies).utf8))
        let kept = Int.random(in: 1..<whole.count, using: &generator)
        return Draft(bytes: Array(whole[..<kept]), isWhole: false, kind: "truncated")
    }

    private mutating func chunked() -> Draft {
        let body = pick([
            "zz\r\nhello\r\n", "5\r\nhel", "FFFFFFFFFFFFFFFF\r\n", "-5\r\nhello\r\n",
            "5;\(visible(1...50))\r\nhello\r\n0\r\n\r\n", "\r\n\r\n",
        ])
        let text =
            "POST \(pick(paths)) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nOrigin: http://127.0.0.1:\(port)\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
        return Draft(bytes: Array(text.utf8), isWhole: false, kind: "chunked")
    }

    private mutating func cookies() -> Draft {
        let name = pick(["cart", "session", "flash", "__Host-session", "__Host-cart", ""])
        let value = Array("Cookie: \(name)=".utf8) + bytes(0...200).filter { $0 > 31 && $0 != 127 }
        return Draft(bytes: request("GET", Array(pick(paths).utf8), [value]), kind: "cookie")
    }

    private mutating func mediaTypes() -> Draft {
        let type = pick([
            "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
            "application/json; charset=latin1",
            "image/png", "", "/", ";;;;", "application/vnd.api+json",
        ])
        let body = pick([
            "a=%&b=%zz&=&&c", "a=1&a=2&lines[0][x]=1", "--x\r\n\r\n", "%ff%fe=%00", "tip=1e9&key=" + visible(1...90),
        ])
        return Draft(
            bytes: request(method(), Array(pick(paths).utf8), body: Array(body.utf8), type: type), isWhole: true,
            kind: "media type")
    }

    /// Good JSON with a value nobody expects in the place of another.
    private mutating func values() -> Draft {
        let strange = [
            "null", "-1", "0", "1e400", "-9223372036854775809", "1.5", "true", "[]", "{}", #""""#, #""\u0000""#,
            #""\ud800""#,
            "NaN", "Infinity", "1e-400", "00", "[[[[]]]]", #""<script>""#,
            "\"\(visible(1...80).filter { $0 != "\"" && $0 != "\\" })\"",
        ]
        let parts = pick(bodies).split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var body = parts
        if parts.count > 1 {
            let index = Int.random(in: 1..<parts.count, using: &generator)
            let rest = parts[index].drop { !",}]".contains($0) }
            body[index] = " \(pick(strange))\(rest)"
        }
        return Draft(
            bytes: request(method(), Array(pick(paths).utf8), body: Array(body.joined(separator: ":").utf8)),
            kind: "value")
    }

    private mutating func spoiltBody() -> Draft {
        var body = Array(pick(bodies).utf8)
        for _ in 0..<Int.random(in: 1...6, using: &generator) where !body.isEmpty {
            let index = Int.random(in: 0..<body.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: body[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: body.remove(at: index)
            default: body.insert(contentsOf: bytes(1...12), at: index)
            }
        }
        return Draft(bytes: request(method(), Array(pick(paths).utf8), body: body), kind: "spoilt body")
    }
}

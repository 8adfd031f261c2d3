import Crypto
import Foundation

/// Turns an uploaded photo into the files that guests are sent: upright, 4:3, three widths, WebP and JPEG, and nothing
/// in them but the picture.
///
/// What was uploaded is decoded once, in a process of its own, by the one decoder that its content calls for; all
/// other steps read what that process wrote. No byte of the upload reaches a guest.
public struct PreparePhoto: Sendable {
    public enum Refusal: Error, Sendable {
        /// The decoder does not find a picture in it.
        case undecodable(String)
        /// Too many at once.
        case busy
        /// The tools are not installed, or did not get the time and space they need.
        case failed(String)
    }

    static let widths = [320, 640, 1280]

    private let slots: DecodingSlots
    private let process: LimitedProcess
    private let workshop: PhotoWorkshop

    public init() {
        self.init(process: LimitedProcess())
    }

    init(process: LimitedProcess, slots: DecodingSlots = DecodingSlots()) {
        self.process = process
        self.slots = slots
        workshop = PhotoWorkshop()
    }

    /// - Parameter header: what ``CheckPhoto`` found.
    public func callAsFunction(_ file: [UInt8], _ header: PhotoHeader) async throws(Refusal) -> PreparedPhoto {
        guard await slots.enter() else { throw .busy }
        let result: Result<PreparedPhoto, Refusal>
        do throws(Refusal) {
            result = .success(try await inFolder(file, header))
        } catch {
            result = .failure(error)
        }
        await slots.leave()
        return try result.get()
    }

    /// The tool that is not installed, so that an operator hears of it at start and not from staff.
    public func missing() async -> String? {
        for program in ["vips", "vipsthumbnail"] {
            do throws(LimitedProcess.Failure) {
                try await process(program, ["--version"], in: "/", environment: Self.environment(trusted: true))
            } catch {
                return "\(program): \(error)"
            }
        }
        return nil
    }

    private func inFolder(_ file: [UInt8], _ header: PhotoHeader) async throws(Refusal) -> PreparedPhoto {
        let folder: String
        do {
            folder = try await workshop.open(with: file)
        } catch {
            throw .failed("no temporary folder: \(error)")
        }
        let result: Result<PreparedPhoto, Refusal>
        do throws(Refusal) {
            result = .success(try await prepare(header, in: folder))
        } catch {
            result = .failure(error)
        }
        await workshop.close(folder)
        return try result.get()
    }

    private func prepare(_ header: PhotoHeader, in folder: String) async throws(Refusal) -> PreparedPhoto {
        try await decode(header, in: folder)
        let master = try await makeUpright(header, in: folder)
        var files: [PreparedPhoto.File] = []
        for width in Self.widths(of: master) {
            for form in MediaName.Form.allCases {
                let bytes = try await encode(master, width: width, form: form, in: folder)
                files.append(PreparedPhoto.File(width: width, form: form, bytes: bytes))
            }
        }
        let tint = try await encode(master, width: 16, form: .webp, in: folder)
        return try PreparedPhoto(files, placeholder: "data:image/webp;base64," + Data(tint).base64EncodedString())
    }

    // MARK: Steps

    /// The only step that touches what a stranger made.
    private func decode(_ header: PhotoHeader, in folder: String) async throws(Refusal) {
        var arguments = [
            "\(header.format.rawValue)load", PhotoWorkshop.upload, "pixels.v", "--fail-on", "error", "--access",
            "sequential",
        ]
        // A JPEG can be read at a half, a quarter or an eighth; what is left is still enough for the largest width.
        let least = min(header.width, header.height)
        if header.format == .jpeg, let shrink = [8, 4, 2].first(where: { least / $0 >= 1280 }) {
            arguments += ["--shrink", "\(shrink)"]
        }
        do throws(LimitedProcess.Failure) {
            try await process("vips", arguments, in: folder, environment: Self.environment(trusted: false))
        } catch {
            switch error {
            case .refused(let words): throw .undecodable(words)
            case .timedOut: throw .undecodable("it took too long")
            case .notInstalled(let name): throw .failed("\(name) is not installed")
            }
        }
    }

    /// Turned as its camera was held, in sRGB, without a transparent part, and no larger than it needs to be.
    private func makeUpright(_ header: PhotoHeader, in folder: String) async throws(Refusal) -> Master {
        let (long, short) = (max(header.width, header.height), min(header.width, header.height))
        let side = short > 1280 ? (long * 1280 + short - 1) / short : long
        let decoded = try await master("pixels.v", in: folder)
        try await run(
            "vipsthumbnail",
            ["pixels.v", "--size", "\(side)x\(side)>", "-o", "upright.v[strip]"] + Self.profiles(decoded.colours),
            in: folder)
        let upright = try await master("upright.v", in: folder)
        guard upright.hasAlpha else { return upright }
        try await run("vips", ["flatten", "upright.v", "flat.v", "--background", "255"], in: folder)
        return try await master("flat.v", in: folder)
    }

    private func encode(
        _ master: Master, width: Int, form: MediaName.Form, in folder: String
    ) async throws(Refusal) -> [UInt8] {
        let name = "out-\(width).\(form.rawValue)"
        let wishes =
            switch (form, width) {
            case (.webp, ...16): "[Q=30,strip]"
            case (.webp, _): "[Q=74,strip]"
            case (.jpg, _): "[Q=78,optimize-coding,interlace,strip]"
            }
        try await run(
            "vipsthumbnail",
            [
                master.name, "--no-rotate", "--size", "\(width)x\(Self.height(of: width))", "--smartcrop", "centre",
                "-o",
                name + wishes,
            ], in: folder)
        let bytes = try await read(name, in: folder)
        do throws(PhotoFault) {
            return form == .webp ? try WebPStructure.bare(bytes) : bytes
        } catch {
            throw .failed("vipsthumbnail wrote no WebP picture")
        }
    }

    // MARK: Ground

    /// What the tools are told. A home that does not exist keeps libvips from loading its modules for HEIF, PDF,
    /// ImageMagick and slides; what is left of its untrusted loaders is blocked while a stranger's file is read.
    /// (Our own intermediate format is one of those it calls untrusted.)
    private static func environment(trusted: Bool) -> [String: String] {
        var variables = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "VIPSHOME": "/nonexistent", "VIPS_CONCURRENCY": "1",
            "MALLOC_ARENA_MAX": "2", "LC_ALL": "C",
        ]
        if !trusted { variables["VIPS_BLOCK_UNTRUSTED"] = "1" }
        return variables
    }

    private func run(_ program: String, _ arguments: [String], in folder: String) async throws(Refusal) {
        do throws(LimitedProcess.Failure) {
            try await process(program, arguments, in: folder, environment: Self.environment(trusted: true))
        } catch {
            throw .failed("\(error)")
        }
    }

    private func read(
        _ name: String, in folder: String, atMost count: Int = .max
    ) async throws(Refusal) -> [UInt8] {
        do {
            return try await workshop.read(name, in: folder, atMost: count)
        } catch {
            throw .failed("\(name): \(error)")
        }
    }

    /// What turns the colours of a photo into those of screens. A photo without a profile of its own is taken for what
    /// nearly all are; libvips would else go by way of another white. Grey has no colours to be turned.
    private static func profiles(_ colours: Int?) -> [String] {
        switch colours {
        case Interpretation.grey, Interpretation.grey16: []
        case Interpretation.cmyk: ["--import-profile", "cmyk", "--export-profile", "srgb"]
        default: ["--import-profile", "srgb", "--export-profile", "srgb"]
        }
    }

    /// `VipsInterpretation`, as far as it matters here.
    private enum Interpretation {
        static let grey = 1
        static let cmyk = 15
        static let grey16 = 26
    }

    /// libvips' own format begins with a mark, width, height and number of bands, then how they are coded and what
    /// they mean, in the machine's order of bytes.
    private func master(_ name: String, in folder: String) async throws(Refusal) -> Master {
        let start = CheckedBytes(try await read(name, in: folder, atMost: 32))
        guard let width = start.little(4, at: 4), let height = start.little(4, at: 8),
            let bands = start.little(4, at: 12), width > 0, height > 0
        else { throw .failed("vipsthumbnail wrote no picture") }
        return Master(name: name, width: width, height: height, bands: bands, colours: start.little(4, at: 28))
    }

    private struct Master {
        let name: String
        let width: Int
        let height: Int
        let bands: Int
        let colours: Int?

        var hasAlpha: Bool { bands == 2 || bands == 4 }
    }

    /// Those of ``widths`` that the 4:3 middle of the photo has, and its own if that is clearly larger.
    private static func widths(of master: Master) -> [Int] {
        let own = min(master.width, master.height * 4 / 3, 1280)
        return widths.filter { $0 * 5 / 4 <= own } + [own]
    }

    static func height(of width: Int) -> Int {
        (width * 3 + 2) / 4
    }
}

/// The files of a photo, not stored yet.
public struct PreparedPhoto: Sendable {
    public struct File: Sendable {
        let width: Int
        let form: MediaName.Form
        let bytes: [UInt8]
    }

    public let photo: Photo
    /// By name.
    public let files: [(name: MediaName, bytes: [UInt8])]

    init(_ files: [File], placeholder: String) throws(PreparePhoto.Refusal) {
        var hash = SHA256()
        for file in files { hash.update(data: file.bytes) }
        let id = String(hash.finalize().hexadecimal.prefix(32))
        guard let width = files.map(\.width).max() else { throw .failed("no file was made") }
        photo = Photo(
            id: id, width: width, height: PreparePhoto.height(of: width), widths: Set(files.map(\.width)).sorted(),
            placeholder: placeholder)
        self.files = files.map { (MediaName(photoID: id, width: $0.width, form: $0.form), $0.bytes) }
    }
}

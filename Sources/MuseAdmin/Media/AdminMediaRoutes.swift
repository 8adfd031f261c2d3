import HTTPTypes
import Hummingbird
import MuseShared
import NIOCore

/// The photo of an item: seeing, uploading, describing and taking it away.
struct AdminMediaRoutes: Sendable {
    let desk: StaffDesk
    let attach: AttachPhoto
    let folder: MediaFolder?

    /// Stored photos are for everyone, as they are on the guests' site.
    func add(to router: Router<VisitorContext>, staff: some RouterMethods<StaffContext>) {
        MediaRoutes(folder: folder).add(to: router)
        staff.get("/menu/items/{id}/photo", use: show)
        staff.put("/api/menu/items/{id}/image", use: put)
        staff.post("/api/menu/items/{id}/image", use: send)
        staff.delete("/api/menu/items/{id}/image", use: remove)
    }

    private func itemID(_ context: StaffContext) throws -> String {
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        return id
    }

    // MARK: For programs

    /// The file itself is the body; `?alt=` says what is to be seen.
    private func put(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let id = try itemID(context)
        guard request.headers[.contentType]?.lowercased().hasPrefix("image/") == true else {
            throw Problem.unsupportedPhotoType
        }
        let alt = try FormFields(text: request.uri.query ?? "").first("alt").map { try PhotoForm.cleanAlt($0) }
        let file = Array(try await request.rawBody(context).readableBytesView)
        let attached = try await attach(
            AttachPhoto.Request(subject: .item(id), file: file, alt: alt, staffID: context.staff.id))
        return try .json(
            ItemPhotoAnswer(
                itemId: id, image: PublishedPhoto(attached.photo, links: desk.media), menuVersion: attached.version))
    }

    private func remove(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let id = try itemID(context)
        try await desk.detachPhoto(DetachPhoto.Request(subject: .item(id), staffID: context.staff.id))
        return try answer(id)
    }

    private func answer(_ id: String) throws -> Response {
        let photo = try desk.photos.photo(of: .item(id))
        return try .json(
            ItemPhotoAnswer(
                itemId: id, image: photo.map { PublishedPhoto($0, links: desk.media) },
                menuVersion: try desk.versions.current(.menu)))
    }

    // MARK: For people

    private func show(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.editMenu)
        return try page(try itemID(context), context)
    }

    private func page(
        _ id: String, _ context: StaffContext, typedAlt: String? = nil, problem: Problem? = nil
    ) throws -> Response {
        guard let name = try desk.photos.name(of: .item(id)) else { throw Problem.notFound }
        let photo = try desk.photos.photo(of: .item(id)).map { PublishedPhoto($0, links: desk.media) }
        let page = ItemPhotoPage(
            ItemPhotoPage.Content(
                itemID: id, itemName: name, photo: photo,
                drawing: try desk.menu.published().item(id)?.drawing ?? "plate", typedAlt: typedAlt,
                problem: problem),
            staff: desk.frame(context))
        return try desk.renderer.html(page, status: problem?.status ?? .ok, context)
    }

    /// A form can send neither PUT nor DELETE: the photo, its description and its removal come here.
    private func send(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.editMenu)
        let id = try itemID(context)
        let form = try await PhotoForm(request, context)
        do {
            let words = try await apply(form, id, context)
            guard context.web.wantsPage else { return try answer(id) }
            return .redirect(to: Paths.itemPhoto(id), flash: Flash(.success, words), context)
        } catch let refusal as any ProblemConvertible {
            let problem = refusal.problem
            let isExplained = problem.status == .unprocessableContent || problem.status == .serviceUnavailable
            guard context.web.wantsPage, isExplained else { throw problem }
            return try page(id, context, typedAlt: form.alt, problem: problem)
        }
    }

    /// What has been done, as a sentence.
    private func apply(_ form: PhotoForm, _ id: String, _ context: StaffContext) async throws -> String {
        let subject = PhotoSubject.item(id)
        if form.isRemoval {
            let name = try await desk.detachPhoto(DetachPhoto.Request(subject: subject, staffID: context.staff.id))
            return "The photo of \(name) is gone. Guests see a drawing."
        }
        let alt = try form.alt.map { try PhotoForm.cleanAlt($0) }
        if let file = form.file {
            let attached = try await attach(
                AttachPhoto.Request(subject: subject, file: file, alt: alt, staffID: context.staff.id))
            return "The photo of \(attached.subjectName) is live."
        }
        let name = try await desk.describePhoto(
            DescribePhoto.Request(subject: subject, alt: alt ?? "", staffID: context.staff.id))
        return "The description of \(name) is live."
    }
}

/// What is shown for an item, for a program.
struct ItemPhotoAnswer: Encodable {
    let itemId: String
    /// Nil: a drawing.
    let image: PublishedPhoto?
    let menuVersion: Int64
}

extension Problem {
    static var unsupportedPhotoType: Problem {
        Problem(
            .unsupportedMediaType, "unsupported-type", title: "This is not sent as a photo.",
            detail: "Send the file itself as image/jpeg, image/png or image/webp.")
    }
}

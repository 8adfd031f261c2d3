import MuseShared

/// The photo of one item, with what is to be seen on it.
struct ItemPhotoPage: Page {
    static let template = "media/item-photo-page"

    struct Shown: Encodable, Sendable {
        let src: String
        let webpSet: String
        let jpegSet: String
        let width: Int
        let height: Int
        let placeholder: String
        let shownAlt: String
    }

    struct Content {
        let itemID: String
        let itemName: String
        let photo: PublishedPhoto?
        let drawing: String
        /// What somebody typed and was refused.
        var typedAlt: String?
        var problem: Problem?
    }

    let title: String
    let staff: StaffFrame
    let problem: FormProblem?
    let itemId: String
    let itemName: String
    let itemHref: String
    let photo: Shown?
    let art: String
    let photoLabel: String
    let photoError: String?
    let mostBytes: Int
    let altValue: String
    let altMost: Int
    let altError: String?

    init(_ content: Content, staff: StaffFrame) {
        self.staff = staff
        title = "Photo of \(content.itemName)"
        problem = content.problem.map { FormProblem($0) }
        itemId = content.itemID
        itemName = content.itemName
        itemHref = Paths.item(content.itemID)
        photo = content.photo.map { Shown($0, itemName: content.itemName) }
        art = content.drawing
        photoLabel = content.photo == nil ? "Photo" : "Another photo"
        photoError = content.problem?.message(of: "photo")
        mostBytes = CheckPhoto.mostBytes
        altValue = content.typedAlt ?? content.photo?.alt ?? ""
        altMost = AttachPhoto.longestAlt
        altError = content.problem?.message(of: "alt")
    }
}

extension ItemPhotoPage.Shown {
    init(_ photo: PublishedPhoto, itemName: String) {
        src = photo.url
        webpSet = photo.sourceSet(.webp)
        jpegSet = photo.sourceSet(.jpg)
        width = photo.width
        height = photo.height
        placeholder = photo.placeholder
        shownAlt = photo.alt.isEmpty ? itemName : photo.alt
    }
}

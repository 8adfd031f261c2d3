import HTTPTypes
import MuseShared

/// What the pages and answers of the staff site are made with.
struct StaffDesk: Sendable {
    let renderer: PageRenderer
    let database: Database
    let venues: VenueCache
    let changes: ChangeFeed
    let press: BoardPress
    let signIn: SignInStaff
    let customerURL: Origin
    /// To show the draft on the guests' site.
    let previews: PreviewLinks
    /// Where browsers find photos.
    let media: MediaLinks
    let refundOrder: RefundOrder

    init(
        renderer: PageRenderer, database: Database, hash: HashPassword, customerURL: Origin, previews: PreviewLinks,
        media: MediaLinks = .local, devices: KnownDevices, refundOrder: RefundOrder
    ) {
        self.previews = previews
        self.refundOrder = refundOrder
        self.media = media
        self.renderer = renderer
        self.database = database
        self.customerURL = customerURL
        venues = VenueCache(database: database)
        changes = ChangeFeed(database: database)
        press = BoardPress(renderer: renderer, database: database, venues: venues)
        signIn = SignInStaff(database: database, hash: hash, devices: devices)
    }

    var sessions: StaffSessionRepository { StaffSessionRepository(database: database) }
    var orders: OrderRepository { OrderRepository(database: database) }
    var board: BoardRepository { BoardRepository(database: database) }
    var checkouts: CheckoutRepository { CheckoutRepository(database: database) }
    var emails: EmailLifeRepository { EmailLifeRepository(database: database) }
    var items: ItemEditRepository { ItemEditRepository(database: database) }
    var content: MenuContentRepository { MenuContentRepository(database: database) }
    var menuVersions: MenuVersionRepository { MenuVersionRepository(database: database) }
    var editMenu: EditMenu { EditMenu(database: database) }
    var arrangeMenu: ArrangeMenu { ArrangeMenu(database: database) }
    var publishMenu: PublishMenu { PublishMenu(database: database) }
    var revertMenu: RevertMenu { RevertMenu(database: database) }
    var settleDraft: SettleDraft { SettleDraft(database: database) }
    var menu: MenuRepository { MenuRepository(database: database, media: media) }
    var refunds: RefundStandingRepository { RefundStandingRepository(database: database) }
    var reconciliation: ReconciliationRepository { ReconciliationRepository(database: database) }
    var disputes: OpenDisputeRepository { OpenDisputeRepository(database: database) }
    var dayFigures: DayFigureRepository { DayFigureRepository(database: database) }
    var dayMoney: DayMoneyRepository { DayMoneyRepository(database: database) }
    var failedRefunds: FailedRefundRepository { FailedRefundRepository(database: database) }
    var versions: CacheVersionRepository { CacheVersionRepository(database: database) }
    var moveOrder: MoveOrder { MoveOrder(database: database) }
    var markDone: MarkDone { MarkDone(database: database) }
    var undoTap: UndoTap { UndoTap(database: database) }
    var changeItem: ChangeItem { ChangeItem(database: database) }
    var photos: PhotoRepository { PhotoRepository(database: database) }
    var detachPhoto: DetachPhoto { DetachPhoto(database: database) }
    var describePhoto: DescribePhoto { DescribePhoto(database: database) }
    var promos: PromoCodeRepository { PromoCodeRepository(database: database) }
    var promoUses: PromoUseRepository { PromoUseRepository(database: database) }
    var savePromoCode: SavePromoCode { SavePromoCode(database: database) }
    var markSoldOut: MarkSoldOut { MarkSoldOut(database: database) }
    var stock: StockRepository { StockRepository(database: database) }
    var stockHistory: StockHistoryRepository { StockHistoryRepository(database: database) }
    var menuHours: MenuHoursRepository { MenuHoursRepository(database: database) }
    var changeStock: ChangeStock { ChangeStock(database: database) }
    var changeMenuHours: ChangeMenuHours { ChangeMenuHours(database: database) }

    func now() -> Timestamp { database.clock.now() }
    func venue() throws -> Venue { try venues.current() }

    func frame(_ context: StaffContext) -> StaffFrame {
        StaffFrame(context.staff, path: context.web.head.path ?? "/")
    }
}

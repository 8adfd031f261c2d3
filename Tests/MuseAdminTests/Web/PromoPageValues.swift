import MuseTestSupport

@testable import MuseAdmin
@testable import MuseShared

/// The pages of promo codes, each member filled at least once.
extension StaffPageValues {
    private static func promo(active: Bool, note: String = "Flyers") -> PromoCode {
        var terms = PromoCode.Terms(code: "TEN", reduction: .percent(millionths: 100_000))
        terms.note = note
        terms.maxUses = 3
        terms.isActive = active
        let time = Timestamp(milliseconds: 0)
        return PromoCode(id: "ten", terms: terms, useCount: 1, revision: 1, createdAt: time, changedAt: time)
    }

    func promoCodes() -> [PromoCodesPage] {
        let frame = StaffFrame(staff, path: "/promo-codes")
        return [[], [Self.promo(active: true), Self.promo(active: false, note: "")]].map {
            PromoCodesPage($0, venue: venue, now: Timestamp(milliseconds: 0), staff: frame)
        }
    }

    func promoCodeEditors() throws -> [PromoCodePage] {
        let fields = [
            "code", "note", "percent", "amountMinor", "startsAt", "endsAt", "minimumSubtotalMinor", "maxUses",
            "maxUsesPerPerson",
        ]
        let problem = Problem.invalid(fields.map { FieldError($0, "Wrong: \($0)") })
        let time = Timestamp(milliseconds: 0)
        let uses = [nil, time].map { released in
            PromoUseRepository.Use(
                orderID: "o", orderNumber: 1, status: .paid, discountMinor: 1, claimedAt: time, releasedAt: released)
        }
        let categories = try MenuRepository(database: counter.database).published().menu.categories
        let promo = Self.promo(active: true)
        var form = PromoForm(promo, venue: venue)
        form.itemIDs = [CafeFixture.croissant, "gone"]
        let contents = [
            PromoCodePage.Content(
                promo: promo, uses: uses, categories: categories, venue: venue, form: form),
            PromoCodePage.Content(
                promo: nil, uses: [], categories: categories, venue: venue, form: PromoForm(), problem: problem),
        ]
        return contents.map { PromoCodePage($0, staff: StaffFrame(staff, path: "/promo-codes")) }
    }
}

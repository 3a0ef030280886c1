/// A purpose that is easily misread, and what it truly is.
struct Trap: Sendable, CustomStringConvertible {
    let purpose: String
    /// nil for "not green".
    let items: [String]
    var borrower = ""
    var project = ""
    var industry: Int?
    /// The model that shipped when this was written decides it wrongly.
    var isKnownError = false

    /// The same trap, marked as one that the model falls into.
    var known: Trap {
        var trap = self
        trap.isKnownError = true
        return trap
    }

    var description: String { purpose }

    static func notGreen(_ purpose: String, borrower: String = "", project: String = "") -> Trap {
        Trap(purpose: purpose, items: [], borrower: borrower, project: project)
    }

    /// - Parameter items: The right item, or those of which each is defensible.
    static func green(
        _ purpose: String, _ items: String..., borrower: String = "", project: String = "", industry: Int? = nil
    ) -> Trap {
        Trap(purpose: purpose, items: items, borrower: borrower, project: project, industry: industry)
    }

    static let all: [Trap] = green + notGreen

    /// Names that sound green, and uses of money that never are.
    static let notGreen: [Trap] = [
        .notGreen("绿地商品房开发", borrower: "绿地集团重庆置业有限公司"), .notGreen("商品房3号楼开发建设", borrower: "绿地控股集团有限公司"),
        .notGreen("生态酒店装修"), .notGreen("绿洲大酒店客房翻新"), .notGreen("购买办公楼", borrower: "重庆渝能新能源有限公司"),
        .notGreen("购置写字楼两层自用", borrower: "四川清洁能源投资有限公司"), .notGreen("归还借款"), .notGreen("归还他行到期贷款"),
        .notGreen("偿还银行借款本息"), .notGreen("股权收购"), .notGreen("收购某公司60%股权"), .notGreen("补充流动资金"),
        .notGreen("日常经营周转"), .notGreen("支付员工工资"), .notGreen("进货"), .notGreen("缴纳税款"),
        .notGreen("采购电煤5万吨"), .notGreen("燃煤电厂机组大修"), .notGreen("煤矿综采设备购置"), .notGreen("加油站扩建"),
        .notGreen("购买柴油货车10辆"), .notGreen("高速公路路基工程"), .notGreen("碧水湾别墅开发"), .notGreen("绿茶饮品店装修"),
        .notGreen("蓝天幼儿园教学楼建设"), .notGreen("购买理财产品"), .notGreen("太阳城购物中心装修", borrower: "太阳城商业管理有限公司"),
        .notGreen("阳光花园小区开发"), .notGreen("环球旅行社包机款"), .notGreen("采购服装一批"),
    ]

    /// Shorthands, typing errors, and codes that point elsewhere.
    static let green: [Trap] = [
        .green("余热发电技改", "1.3.4"), .green("烧结余热发电", "1.3.4"), .green("抽蓄电站", "4.3.3"),
        .green("抽蓄电站120万千瓦机组设备款", "4.3.3"), .green("抽蓄机组设备款", "4.3.3").known, .green("海绵城市", "6.4.2"),
        .green("片区海绵城市改造", "6.4.2"),
        .green("污水厂提标", "6.4.7"), .green("污水处理厂提标改造", "6.4.7"),
        .green("50MW风电场建设", "4.2.1", industry: 610), .green("建设风力发电场二期", "4.2.1", industry: 610),
        .green("光付电站", "4.2.2"), .green("光伏电占建设", "4.2.2"), .green("冲电桩", "6.2.3"), .green("充电庄建设", "6.2.3"),
        .green("充电桩建设", "6.2.3"), .green("光储充一体化站", "6.2.3", "4.3.1"), .green("风力发点项目", "4.2.1"),
        .green("屋顶分布式光伏", "4.3.7", "6.1.5"), .green("农光互补", "4.2.2"), .green("垃圾焚烧发电厂建设", "3.2.6", "6.4.8"),
        .green("５０ＭＷ风电场建设", "4.2.1"), .green("地铁车辆采购", "6.2.6"), .green("换电站建设", "6.2.3"),
        .green("国家储备林", "5.1.9"), .green("造林1000亩", "5.1.9"), .green("磷酸铁锂储能电站", "4.3.2"),
        .green("核电站建设", "4.2.5"), .green("购置纯电动公交车20辆", "6.2.6").known, .green("公交公司购置纯电动公交车20辆", "6.2.6"),
        .green("二星级绿色建筑住宅", "6.1.1"),
    ]
}

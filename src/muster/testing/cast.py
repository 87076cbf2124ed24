"""The cast: the people whom every test and the demonstration know. All names are invented.

They hold the posts of the Luohe plan for financial incidents. `cast(now)` makes them; passwords are freshly drawn, so
that no installation has one that is written down somewhere.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from muster.people import writes
from muster.people.models import Organisation, Person

PLAN = "luohe-finance"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast. `holds` are actors of the plan; one with a * is held as deputy."""

    username: str
    name: str
    organisation: str
    post: str
    post_en: str
    holds: tuple[str, ...] = ()
    administers: bool = False


CAST = (
    # Wen sits by the telephone at the mechanism's office: takes reports, asks the questions, watches the clocks.
    Member("wen", "文思敏", "市金融工作局", "协调机制办公室值班员", "Duty officer, mechanism's office", ("mechanism-office",)),
    # Lu runs the office and may grade and issue in its name. He also looks after this installation.
    Member("lu", "陆志远", "市金融工作局", "协调机制办公室主任", "Director of the mechanism's office",
           ("office-director", "finance-work-bureau*"), administers=True),
    # Gao is the deputy mayor for finance: convenes the mechanism, commands what is larger than one county.
    Member("gao", "高景明", "市政府", "总召集人", "General convenor", ("convenor", "mechanism")),
    # Shen, deputy secretary-general, stands in for Gao.
    Member("shen", "沈若兰", "市政府", "副召集人（副秘书长）", "Deputy convenor, city government",
           ("deputy-convenor-secretary",)),
    # Tang heads the finance-work bureau: deputy convenor, and supervises the local finance organisations.
    Member("tang", "唐守正", "市金融工作局", "副召集人（市金融工作局局长）", "Deputy convenor, finance-work bureau",
           ("deputy-convenor-bureau", "finance-work-bureau")),
    # Mayor Cheng decides what goes to the province.
    Member("cheng", "程望山", "市政府", "市长", "Mayor", ("city-head", "city-government")),
    # Qiao leads the county where things happen; Meng, her deputy for finance, is the one on the scene.
    Member("qiao", "乔雅琴", "县政府", "县长", "Head of the county", ("county-head", "county-government*")),
    Member("meng", "孟海涛", "县政府", "副县长（分管金融）", "Deputy head of the county, finance",
           ("county-deputy", "county-government")),
    # Tao manages the bank where it usually happens.
    Member("tao", "陶慧敏", "沙澧村镇银行", "事发单位负责人", "Head of the bank concerned", ("unit-head", "incident-unit")),
    # Fang watches liquidity at the central bank's branch, Yue the banks and insurers at the regulator.
    Member("fang", "方晓舟", "人民银行漯河市中心支行", "人民银行联络员", "People's Bank", ("pboc",)),
    Member("yue", "岳文斌", "漯河银保监局", "银保监局联络员", "Banking and insurance regulator", ("cbirc",)),
    # Xu writes what the public reads, Zhong follows the public money, Lei keeps order in the street.
    Member("xu", "许知微", "市委宣传部", "宣传部新闻处", "Publicity department", ("publicity-dept",)),
    Member("zhong", "钟理明", "市审计局", "市审计局", "Audit bureau", ("audit-bureau",)),
    Member("lei", "雷建国", "市公安局", "市公安局", "Police bureau", ("police",)),
    # Pan has an account and no post at all: whatever happens, Pan must see nothing of it.
    Member("pan", "潘无忌", "市园林中心", "无应急岗位", "No post of any plan"),
)  # fmt: skip


def cast(now: datetime, plan: str = PLAN) -> dict[str, tuple[Person, str]]:
    """Make those of the cast who are not there yet; username → (person, password) of the new ones."""
    made: dict[str, tuple[Person, str]] = {}
    for member in CAST:
        if Person.objects.filter(username=member.username).exists():
            continue
        organisation, _ = Organisation.objects.get_or_create(name=member.organisation, parent=None)
        password = new_password()
        person = Person(
            username=member.username, name=member.name, organisation=organisation, is_staff=member.administers
        )
        person.set_password(password)
        person.save()
        for actor in member.holds:
            writes.give(person, plan, actor.removesuffix("*"), now, deputy=actor.endswith("*"))
        made[member.username] = (person, password)
    return made


def new_password() -> str:
    """Twelve letters and digits in three groups, without those that are mistaken for one another: 60 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))

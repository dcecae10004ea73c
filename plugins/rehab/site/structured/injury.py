"""Injuries, treatments and parts of the body → structured data.

No review that did not happen, and no treatment as advice unless a source or a clinician says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site import pages
from rehab.site.structured.document import Data, collection, filled, graph_of, named
from rehab.site.structured.thread import spoken

if TYPE_CHECKING:
    from rehab.site.site import Site


def for_injury(site: Site, slug: str) -> Data:
    """Return an injury. A reviewer is named only where one has read the page."""
    view = pages.injury_view(site, slug)
    url = site.options.absolute(view.url)
    good = [link for group in view.groups for link in group.links if link.tone in {"helps", "eases"}]
    sourced = [link for link in good if link.evidence in {"cited", "clinician-reviewed"}]
    condition = {
        "@type": "MedicalCondition",
        "@id": f"{url}#condition",
        "name": view.title,
        "alternateName": list(view.aliases),
        "description": view.description,
        "url": url,
        "associatedAnatomy": [named("AnatomicalStructure", site, each) for each in (view.region, *view.structures)],
        "differentialDiagnosis": [
            {"@type": "DDxElement", "diagnosis": named("MedicalCondition", site, each.injury)}
            for each in view.differential
        ],
        "signOrSymptom": [{"@type": "MedicalSignOrSymptom", "name": each.what} for each in view.symptoms],
        "riskFactor": [{"@type": "MedicalRiskFactor", "name": each} for each in view.risk_factors],
        "possibleTreatment": [named("PhysicalTherapy", site, link.target) for link in sourced],
    }
    page = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": view.title,
        "about": {"@id": f"{url}#condition"},
        "reviewedBy": {"@type": "Person", "name": view.review.name, "honorificSuffix": view.review.credential}
        if view.review
        else None,
        "lastReviewed": view.review.date.iso if view.review else "",
        "citation": [filled({"@type": "CreativeWork", "name": each.title, "url": each.url}) for each in view.sources],
        **spoken(site, view.url, view.thread),
    }
    return graph_of(site, view.breadcrumbs, page, condition)


def for_treatment(site: Site, slug: str) -> Data:
    """Return a treatment by its names. What it does is for its page to say, with who says so."""
    view = pages.treatment_view(site, slug)
    therapy = {
        "@type": "MedicalTherapy",
        "name": view.title,
        "alternateName": list(view.aliases),
        "description": view.description,
        "url": site.options.absolute(view.url),
    }
    return graph_of(site, view.breadcrumbs, therapy)


def for_region(site: Site, slug: str) -> Data:
    """Return a region of the body with the injuries in it."""
    view = pages.region_view(site, slug)
    page = {
        **collection(site, view.title, view.url, ((each.title, each.url) for each in view.injuries)),
        "about": {"@type": "AnatomicalStructure", "name": view.title},
    }
    return graph_of(site, view.breadcrumbs, page)

-- Registry: what an organisation earned, spent and employed, year by year. Breaking: no.

-- `rd` is spending on research and development. The row says who wrote it last; field by field that stands in the
-- organisation's `edited` and `source_says`, under names such as `rdSpend.2024`.
create table organisation_year (
  zone_id uuid not null,
  organisation_id uuid not null,
  year integer not null check (year >= 1990 and year <= 2100),
  revenue_minor bigint check (revenue_minor >= 0),
  revenue_currency text,
  sales_minor bigint check (sales_minor >= 0),
  sales_currency text,
  rd_minor bigint check (rd_minor >= 0),
  rd_currency text,
  staff integer check (staff >= 0),
  research_staff integer check (research_staff >= 0),
  source_id uuid,
  account_id text,
  updated_at timestamptz not null,
  primary key (zone_id, organisation_id, year),
  check ((revenue_minor is null) = (revenue_currency is null)),
  check ((sales_minor is null) = (sales_currency is null)),
  check ((rd_minor is null) = (rd_currency is null)),
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id) on delete cascade
);
call raise_zone_wall('organisation_year');

-- As its revenue: for the zone's staff and for the organisation's own people.
create policy as_private on organisation_year as restrictive to public using (
  (select app_is_staff()) or organisation_id = (select app_organisation())
) with check (
  (select app_is_staff()) or organisation_id = (select app_organisation())
);

-- The figures of an organisation's years as facts, beside `organisation_facts`: {"rdSpend.2024": {"minor": …, "currency": …}, "staff.2024": 120}.
create function year_facts(o zone_organisation) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(f.key || '.' || y.year, f.value) filter (where f.value is not null), '{}')
  from organisation_year y
  cross join lateral (values
    ('revenue', case when y.revenue_minor is not null
      then jsonb_build_object('minor', y.revenue_minor::text, 'currency', y.revenue_currency) end),
    ('sales', case when y.sales_minor is not null
      then jsonb_build_object('minor', y.sales_minor::text, 'currency', y.sales_currency) end),
    ('rdSpend', case when y.rd_minor is not null
      then jsonb_build_object('minor', y.rd_minor::text, 'currency', y.rd_currency) end),
    ('staff', to_jsonb(y.staff)),
    ('researchStaff', to_jsonb(y.research_staff))) f (key, value)
  where y.zone_id = o.zone_id and y.organisation_id = o.organisation_id
$$;

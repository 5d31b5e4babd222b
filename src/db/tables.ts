// Written by scripts/tables.ts from the migrations; a test sees that it is up to date.
import type { Generated } from 'kysely'

export interface Tables {
  account: {
    id: string
    accountId: string
    providerId: string
    userId: string
    accessToken: string | null
    refreshToken: string | null
    idToken: string | null
    accessTokenExpiresAt: Date | null
    refreshTokenExpiresAt: Date | null
    scope: string | null
    password: string | null
    createdAt: Generated<Date>
    updatedAt: Date
  }
  answer: {
    zone_id: string
    key_hash: string
    command: string
    input_hash: string
    output: Generated<unknown>
    at: Date
  }
  bulk_run: {
    zone_id: string
    bulk_run_id: string
    options: unknown
    inputs_hash: string
    engine: string
    seed: number
    seen_seq: bigint
    answer: unknown
    account_id: string | null
    at: Date
  }
  capital_event: {
    zone_id: string
    event_id: string
    organisation_id: string
    stage: string
    amount_minor: bigint | null
    currency: string | null
    dated: string | null
    segment: string | null
    source_id: string | null
  }
  column_mapping: {
    zone_id: string
    signature: string
    mapping: unknown
    account_id: string | null
    updated_at: Date
  }
  consortium: {
    zone_id: string
    consortium_id: string
    need_id: string
    proposal_id: string | null
    names: unknown
    display_name: string
    sort_key: string
    search_text: Generated<string>
    state: Generated<string>
    note: Generated<string>
    account_id: string | null
    revision: Generated<number>
    created_at: Date
    updated_at: Date
    chief_person_id: string | null
    operator_person_id: string | null
    operator_reason: Generated<string>
    next_proposal_id: string | null
  }
  consortium_member: {
    zone_id: string
    consortium_id: string
    organisation_id: string
    role: string
    covers: Generated<unknown>
    reason: Generated<unknown>
    ordinal: number
    share_hundredths: number | null
    effort_tenths: number | null
  }
  coverage_judgement: {
    zone_id: string
    capability_key: string
    organisation_id: string
    verdict: string
    level: number
    note: Generated<string>
    need_id: string | null
    account_id: string | null
    at: Date
  }
  digest: {
    zone_id: string
    account_id: string
    is_on: Generated<boolean>
    weekday: Generated<number>
    language: Generated<string>
    since: Date
    last_day: string | null
  }
  digest_want: {
    zone_id: string
    account_id: string
    need_id: string
    at: Date
  }
  duplicate_pair: {
    zone_id: string
    first_id: string
    second_id: string
    reason: unknown
    score: number
    state: Generated<string>
    account_id: string | null
    decided_at: Date | null
    found_at: Generated<Date>
  }
  evidence: {
    zone_id: string
    evidence_id: string
    subject_kind: string
    subject_id: string
    kind: string
    title: string
    body: Generated<string>
    url: string | null
    file_id: string | null
    circle: Generated<string>
    dated: string | null
    account_id: string | null
    created_at: Generated<Date>
  }
  exposure_report: {
    zone_id: string
    settings_revision: number
    seen_seq: bigint
    answer: unknown
    prices: Generated<unknown>
    at: Date
    turns: Generated<unknown>
  }
  import_row: {
    zone_id: string
    import_id: string
    ordinal: number
    subject: string
    sheet: Generated<string>
    row_number: number
    subject_id: string | null
    other_id: string | null
    name: Generated<string>
    verdict: string
    payload: Generated<unknown>
    revision: number | null
    changes: Generated<unknown>
    told: Generated<unknown>
    says: Generated<unknown>
    refusals: Generated<unknown>
    notes: Generated<unknown>
    raw: Generated<unknown>
  }
  import_run: {
    zone_id: string
    id: string
    kind: string
    file_name: string
    files: Generated<unknown>
    work_id: string | null
    state: Generated<string>
    reading: Generated<unknown>
    mapping: Generated<unknown>
    summary: Generated<unknown>
    fault: Generated<unknown>
    rows_hash: string | null
    account_id: string | null
    created_at: Date
    applied_at: Date | null
  }
  industry: {
    zone_id: string
    industry_id: string
    slug: string
    names: unknown
    display_name: string
    statement: Generated<unknown>
    segments: Generated<unknown>
    revision: Generated<number>
  }
  invitation: {
    zone_id: string
    invitation_id: string
    consortium_id: string
    need_id: string
    organisation_id: string
    state: string
    role: string
    share_hundredths: number | null
    effort_tenths: number | null
    message: Generated<string>
    told: unknown
    code: string | null
    before: Generated<unknown>
    response_id: string | null
    host_ids: string[]
    account_id: string | null
    expires_on: string
    created_at: Date
    moved_at: Date
    revision: Generated<number>
  }
  invitation_link: {
    zone_id: string
    token_hash: string
    invitation_id: string
    to_address: string | null
    account_id: string | null
    created_at: Date
    used_at: Date | null
    revoked_at: Date | null
  }
  invitation_step: {
    zone_id: string
    invitation_id: string
    ordinal: number
    move: string
    side: string
    role: string
    share_hundredths: number | null
    effort_tenths: number | null
    code: string | null
    note: Generated<string>
    by_link: Generated<boolean>
    account_id: string | null
    at: Date
  }
  journal: {
    zone_id: string
    seq: bigint
    at: Date
    actor: string
    command: string
    input_hash: string
    subjects: Generated<unknown>
    previous_hash: string
    hash: string
  }
  journal_head: {
    zone_id: string
    seq: bigint
    hash: string
  }
  journal_salt: {
    zone_id: string
    seq: bigint
    salt: string
  }
  local_pack: {
    zone_id: string
    local_pack_id: string
    pack_id: string
    version: string
    hash: string
    form: unknown
    account_id: string | null
    at: Date
    withdrawn_at: Date | null
  }
  match_run: {
    zone_id: string
    need_id: string
    inputs_hash: string
    engine: string
    seed: number
    seen_seq: bigint
    answer: unknown
    at: Date
  }
  match_settings: {
    zone_id: string
    board_order: Generated<string>
    newcomer_seats: Generated<number>
    exposure_bound: number | null
    revision: Generated<number>
    account_id: string | null
    updated_at: Date
  }
  membership: {
    zone_id: string
    account_id: string
    role: string
    organisation_id: string | null
    name: string
    email: string
    created_at: Generated<Date>
  }
  need: {
    zone_id: string
    need_id: string
    state: Generated<string>
    circle: Generated<string>
    title: unknown
    display_title: string
    sort_key: string
    summary: Generated<unknown>
    targets: Generated<unknown>
    trl_from: number | null
    trl_to: number | null
    budget_minor: bigint | null
    currency: string | null
    deadline: string | null
    conditions: Generated<unknown>
    fields: Generated<string[]>
    segment: string | null
    sponsor_ids: Generated<string[]>
    joint: Generated<boolean>
    merged_into: string | null
    state_before_merge: string | null
    return_reasons: Generated<unknown>
    account_id: string | null
    opened_at: Date | null
    search_text: Generated<string>
    revision: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  need_capability: {
    zone_id: string
    need_id: string
    capability_id: string
    ordinal: number
    name: unknown
    weight: number
    critical: Generated<boolean>
    level_wanted: Generated<number>
    search_text: Generated<string>
  }
  need_private: {
    zone_id: string
    need_id: string
    problem: Generated<unknown>
    tried: Generated<unknown>
  }
  need_sponsor: {
    zone_id: string
    need_id: string
    organisation_id: string
    joined_at: Generated<Date>
  }
  need_sponsor_request: {
    zone_id: string
    need_id: string
    organisation_id: string
    account_id: string | null
    asked_at: Date
  }
  organisation: {
    id: string
    scheme: string | null
    value: string | null
    home_zone_id: string | null
    names: Generated<unknown>
    country: string | null
    created_at: Generated<Date>
  }
  organisation_merge: {
    zone_id: string
    merged_id: string
    kept_id: string
    moved: unknown
    facts: unknown
    account_id: string | null
    at: Date
  }
  organisation_year: {
    zone_id: string
    organisation_id: string
    year: number
    revenue_minor: bigint | null
    revenue_currency: string | null
    sales_minor: bigint | null
    sales_currency: string | null
    rd_minor: bigint | null
    rd_currency: string | null
    staff: number | null
    research_staff: number | null
    source_id: string | null
    account_id: string | null
    updated_at: Date
  }
  outbox: {
    zone_id: string
    id: string
    kind: string
    to_account: string | null
    to_address: string | null
    subject: string
    body: string
    link: string | null
    state: Generated<string>
    attempts: Generated<number>
    tried_at: Date | null
    error: string | null
    created_at: Date
    sent_at: Date | null
  }
  participation: {
    zone_id: string
    project_id: string
    organisation_id: string
    role: string
    contribution_minor: bigint | null
    total_cost_minor: bigint | null
    ended: Generated<boolean>
    source_id: string | null
  }
  partners_model: {
    zone_id: string
    form: string
    seen_seq: bigint
    before_day: string
    model: Generated<unknown>
    at: Date
  }
  person: {
    zone_id: string
    person_id: string
    names: unknown
    display_name: string
    sort_key: string
    orcid: string | null
    organisation_id: string | null
    post: string | null
    fields: Generated<string[]>
    segment: string | null
    talent_level: string | null
    source_id: string | null
    search_text: Generated<string>
    revision: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  project: {
    zone_id: string
    project_id: string
    rcn: string | null
    grant_number: string | null
    acronym: string | null
    title: Generated<unknown>
    display_title: string
    sort_key: Generated<string>
    search_text: Generated<string>
    objective: Generated<unknown>
    start_date: string | null
    end_date: string | null
    framework: string | null
    parts: Generated<string[]>
    topics: Generated<string[]>
    fields: Generated<string[]>
    scheme: string | null
    status: string | null
    total_cost_minor: bigint | null
    contribution_minor: bigint | null
    currency: string | null
    source_id: string | null
    revision: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  proposal: {
    zone_id: string
    proposal_id: string
    need_id: string
    options: unknown
    inputs_hash: string
    engine: string
    seed: number
    seen_seq: bigint
    status: string
    answer: unknown
    account_id: string | null
    at: Date
  }
  proposal_link: {
    zone_id: string
    token_hash: string
    proposal_id: string
    to_address: string | null
    account_id: string | null
    created_at: Date
    expires_at: Date
    revoked_at: Date | null
  }
  proposal_study: {
    zone_id: string
    proposal_id: string
    engine: string
    answer: unknown
    at: Date
  }
  rateLimit: {
    id: string
    key: string
    count: number
    lastRequest: bigint
  }
  record_change: {
    zone_id: string
    subject_kind: string
    subject_id: string
    seq: bigint
    part: number
    at: Date
    account_id: string | null
    import_id: string | null
    action: string
    changes: Generated<unknown>
  }
  removed_record: {
    zone_id: string
    kind: string
    id: string
    display_title: string
    whole: unknown
    account_id: string | null
    at: Date
  }
  response: {
    zone_id: string
    response_id: string
    need_id: string
    organisation_id: string
    result_id: string | null
    side: string
    answer: string
    code: string | null
    note: Generated<string>
    account_id: string | null
    at: Date
  }
  result: {
    zone_id: string
    result_id: string
    title: unknown
    display_title: string
    sort_key: string
    summary: Generated<unknown>
    fields: Generated<string[]>
    segment: string | null
    trl: number | null
    trl_said: string | null
    ip: Generated<unknown>
    inventors: Generated<string[]>
    wanted_deal: Generated<string[]>
    dated: string | null
    source_id: string | null
    edited: Generated<unknown>
    source_says: Generated<unknown>
    search_text: Generated<string>
    revision: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  result_owner: {
    zone_id: string
    result_id: string
    organisation_id: string
    ordinal: Generated<number>
  }
  saved_view: {
    zone_id: string
    id: string
    account_id: string
    page: string
    name: string
    search: string
    created_at: Date
  }
  session: {
    id: string
    expiresAt: Date
    token: string
    createdAt: Generated<Date>
    updatedAt: Date
    ipAddress: string | null
    userAgent: string | null
    userId: string
  }
  stored_file: {
    zone_id: string
    id: string
    sha256: string
    name: string
    bytes: bigint
    media_type: string
    circle: Generated<string>
    account_id: string | null
    created_at: Date
  }
  ten_ones_target: {
    zone_id: string
    industry_id: string
    key: string
    target: number
    owner: Generated<unknown>
    due_date: string | null
  }
  term: {
    zone_id: string
    text: string
    names: unknown
  }
  text_vector: {
    zone_id: string
    text_kind: string
    text_id: string
    model: string
    text_hash: string
    vector: Uint8Array
    revision: bigint
  }
  text_vector_state: {
    zone_id: string
    model: string
    revision: bigint
    whole_since: bigint
    texts: number
    vectors: number
    seen_seq: bigint
    at: Date
  }
  user: {
    id: string
    name: string
    email: string
    emailVerified: boolean
    image: string | null
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  verification: {
    id: string
    identifier: string
    value: string
    expiresAt: Date
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  watch: {
    zone_id: string
    watch_id: string
    account_id: string
    kind: string
    name: string
    query: Generated<unknown>
    search: Generated<string>
    subject_id: string | null
    paused: Generated<boolean>
    removed_at: Date | null
    created_at: Date
  }
  watch_hit: {
    zone_id: string
    watch_id: string
    record_id: string
    found_at: Date | null
    digested_at: Date | null
  }
  watch_token: {
    zone_id: string
    token_hash: string
    account_id: string
    kind: string
    created_at: Date
  }
  work: {
    zone_id: string
    id: string
    kind: string
    subject_id: string | null
    state: Generated<string>
    doing: Generated<string>
    done: Generated<bigint>
    total: bigint | null
    input: Generated<unknown>
    output: Generated<unknown>
    fault: Generated<unknown>
    account_id: string | null
    created_at: Date
    started_at: Date | null
    beat_at: Date | null
    ended_at: Date | null
  }
  zone: {
    id: string
    slug: string
    name: unknown
    statement: Generated<unknown>
    city: string | null
    country: Generated<string>
    time_zone: Generated<string>
    currency: Generated<string>
    demo: Generated<boolean>
    invented: Generated<boolean>
    created_at: Generated<Date>
  }
  zone_identifier: {
    zone_id: string
    scheme: string
    value: string
    organisation_id: string
  }
  zone_organisation: {
    zone_id: string
    organisation_id: string
    names: Generated<unknown>
    display_name: string
    nameless: Generated<boolean>
    sort_key: string
    short_name: string | null
    identifiers: Generated<unknown>
    kind: Generated<string>
    size: string | null
    staff: number | null
    founded: string | null
    country: string | null
    region: string | null
    city: string | null
    address: string | null
    latitude: number | null
    longitude: number | null
    url: string | null
    segment: string | null
    fields: Generated<string[]>
    titles: Generated<string[]>
    products: Generated<unknown>
    summary: Generated<unknown>
    revenue_minor: bigint | null
    revenue_currency: string | null
    rd_minor: bigint | null
    rd_currency: string | null
    contact: Generated<unknown>
    notes: string | null
    merged_into: string | null
    source_id: string | null
    edited: Generated<unknown>
    source_says: Generated<unknown>
    search_text: Generated<string>
    revision: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  zone_record: {
    zone_id: string
    record_id: string
    industry_id: string | null
    kind: string
    names: unknown
    display_name: string
    sort_key: string
    status: Generated<string>
    organisation_id: string | null
    segment: string | null
    dated: string | null
    note: Generated<string>
    revision: Generated<number>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
}

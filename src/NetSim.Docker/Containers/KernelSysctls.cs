namespace NetSim.Docker.Containers;

/// <summary>Which net.ipv4 and net.ipv6 keys there are in a new network namespace. Source: /proc/sys/net of Linux 6.18, of which the recordings are too.</summary>
internal static class KernelSysctls
{
    private static readonly HashSet<string> Names = [.. """
        ipv4/conf/*/accept_local ipv4/conf/*/accept_redirects ipv4/conf/*/accept_source_route ipv4/conf/*/arp_accept ipv4/conf/*/arp_announce
        ipv4/conf/*/arp_evict_nocarrier ipv4/conf/*/arp_filter ipv4/conf/*/arp_ignore ipv4/conf/*/arp_notify ipv4/conf/*/bc_forwarding ipv4/conf/*/bootp_relay
        ipv4/conf/*/disable_policy ipv4/conf/*/disable_xfrm ipv4/conf/*/drop_gratuitous_arp ipv4/conf/*/drop_unicast_in_l2_multicast
        ipv4/conf/*/force_igmp_version ipv4/conf/*/forwarding ipv4/conf/*/igmpv2_unsolicited_report_interval ipv4/conf/*/igmpv3_unsolicited_report_interval
        ipv4/conf/*/ignore_routes_with_linkdown ipv4/conf/*/log_martians ipv4/conf/*/mc_forwarding ipv4/conf/*/medium_id ipv4/conf/*/promote_secondaries
        ipv4/conf/*/proxy_arp ipv4/conf/*/proxy_arp_pvlan ipv4/conf/*/route_localnet ipv4/conf/*/rp_filter ipv4/conf/*/secure_redirects
        ipv4/conf/*/send_redirects ipv4/conf/*/shared_media ipv4/conf/*/src_valid_mark ipv4/conf/*/tag ipv4/fib_multipath_hash_fields
        ipv4/fib_multipath_hash_policy ipv4/fib_multipath_hash_seed ipv4/fib_multipath_use_neigh ipv4/fib_notify_on_flag_change ipv4/fwmark_reflect
        ipv4/icmp_echo_enable_probe ipv4/icmp_echo_ignore_all ipv4/icmp_echo_ignore_broadcasts ipv4/icmp_errors_use_inbound_ifaddr
        ipv4/icmp_ignore_bogus_error_responses ipv4/icmp_msgs_burst ipv4/icmp_msgs_per_sec ipv4/icmp_ratelimit ipv4/icmp_ratemask
        ipv4/igmp_link_local_mcast_reports ipv4/igmp_max_memberships ipv4/igmp_max_msf ipv4/igmp_qrv ipv4/ip_autobind_reuse ipv4/ip_default_ttl
        ipv4/ip_dynaddr ipv4/ip_early_demux ipv4/ip_forward ipv4/ip_forward_update_priority ipv4/ip_forward_use_pmtu ipv4/ip_local_port_range
        ipv4/ip_local_reserved_ports ipv4/ip_no_pmtu_disc ipv4/ip_nonlocal_bind ipv4/ip_unprivileged_port_start ipv4/ipfrag_high_thresh ipv4/ipfrag_low_thresh
        ipv4/ipfrag_max_dist ipv4/ipfrag_time ipv4/neigh/*/anycast_delay ipv4/neigh/*/app_solicit ipv4/neigh/*/base_reachable_time
        ipv4/neigh/*/base_reachable_time_ms ipv4/neigh/*/delay_first_probe_time ipv4/neigh/*/gc_stale_time ipv4/neigh/*/interval_probe_time_ms
        ipv4/neigh/*/locktime ipv4/neigh/*/mcast_resolicit ipv4/neigh/*/mcast_solicit ipv4/neigh/*/proxy_delay ipv4/neigh/*/proxy_qlen
        ipv4/neigh/*/retrans_time ipv4/neigh/*/retrans_time_ms ipv4/neigh/*/ucast_solicit ipv4/neigh/*/unres_qlen ipv4/neigh/*/unres_qlen_bytes
        ipv4/nexthop_compat_mode ipv4/ping_group_range ipv4/raw_l3mdev_accept ipv4/route/flush ipv4/route/min_adv_mss ipv4/route/min_pmtu
        ipv4/route/mtu_expires ipv4/tcp_abort_on_overflow ipv4/tcp_adv_win_scale ipv4/tcp_allowed_congestion_control ipv4/tcp_app_win ipv4/tcp_autocorking
        ipv4/tcp_available_congestion_control ipv4/tcp_backlog_ack_defer ipv4/tcp_base_mss ipv4/tcp_challenge_ack_limit ipv4/tcp_child_ehash_entries
        ipv4/tcp_comp_sack_delay_ns ipv4/tcp_comp_sack_nr ipv4/tcp_comp_sack_slack_ns ipv4/tcp_congestion_control ipv4/tcp_dsack ipv4/tcp_early_demux
        ipv4/tcp_early_retrans ipv4/tcp_ecn ipv4/tcp_ecn_fallback ipv4/tcp_ecn_option ipv4/tcp_ecn_option_beacon ipv4/tcp_ehash_entries ipv4/tcp_fack
        ipv4/tcp_fastopen ipv4/tcp_fastopen_blackhole_timeout_sec ipv4/tcp_fastopen_key ipv4/tcp_fin_timeout ipv4/tcp_frto ipv4/tcp_fwmark_accept
        ipv4/tcp_invalid_ratelimit ipv4/tcp_keepalive_intvl ipv4/tcp_keepalive_probes ipv4/tcp_keepalive_time ipv4/tcp_l3mdev_accept
        ipv4/tcp_limit_output_bytes ipv4/tcp_max_reordering ipv4/tcp_max_syn_backlog ipv4/tcp_max_tw_buckets ipv4/tcp_migrate_req ipv4/tcp_min_rtt_wlen
        ipv4/tcp_min_snd_mss ipv4/tcp_min_tso_segs ipv4/tcp_moderate_rcvbuf ipv4/tcp_mtu_probe_floor ipv4/tcp_mtu_probing ipv4/tcp_no_metrics_save
        ipv4/tcp_no_ssthresh_metrics_save ipv4/tcp_notsent_lowat ipv4/tcp_orphan_retries ipv4/tcp_pacing_ca_ratio ipv4/tcp_pacing_ss_ratio
        ipv4/tcp_pingpong_thresh ipv4/tcp_plb_cong_thresh ipv4/tcp_plb_enabled ipv4/tcp_plb_idle_rehash_rounds ipv4/tcp_plb_rehash_rounds
        ipv4/tcp_plb_suspend_rto_sec ipv4/tcp_probe_interval ipv4/tcp_probe_threshold ipv4/tcp_recovery ipv4/tcp_reflect_tos ipv4/tcp_reordering
        ipv4/tcp_retrans_collapse ipv4/tcp_retries1 ipv4/tcp_retries2 ipv4/tcp_rfc1337 ipv4/tcp_rmem ipv4/tcp_rto_max_ms ipv4/tcp_rto_min_us ipv4/tcp_sack
        ipv4/tcp_shrink_window ipv4/tcp_slow_start_after_idle ipv4/tcp_stdurg ipv4/tcp_syn_linear_timeouts ipv4/tcp_syn_retries ipv4/tcp_synack_retries
        ipv4/tcp_syncookies ipv4/tcp_thin_linear_timeouts ipv4/tcp_timestamps ipv4/tcp_tso_rtt_log ipv4/tcp_tso_win_divisor ipv4/tcp_tw_reuse
        ipv4/tcp_tw_reuse_delay ipv4/tcp_window_scaling ipv4/tcp_wmem ipv4/tcp_workaround_signed_windows ipv4/udp_child_hash_entries ipv4/udp_early_demux
        ipv4/udp_hash_entries ipv4/udp_l3mdev_accept ipv4/udp_rmem_min ipv4/udp_wmem_min ipv4/xfrm4_gc_thresh ipv6/anycast_src_echo_reply ipv6/auto_flowlabels
        ipv6/bindv6only ipv6/conf/*/accept_dad ipv6/conf/*/accept_ra ipv6/conf/*/accept_ra_defrtr ipv6/conf/*/accept_ra_from_local
        ipv6/conf/*/accept_ra_min_hop_limit ipv6/conf/*/accept_ra_min_lft ipv6/conf/*/accept_ra_mtu ipv6/conf/*/accept_ra_pinfo
        ipv6/conf/*/accept_ra_rt_info_max_plen ipv6/conf/*/accept_ra_rt_info_min_plen ipv6/conf/*/accept_ra_rtr_pref ipv6/conf/*/accept_redirects
        ipv6/conf/*/accept_source_route ipv6/conf/*/accept_untracked_na ipv6/conf/*/addr_gen_mode ipv6/conf/*/autoconf ipv6/conf/*/dad_transmits
        ipv6/conf/*/disable_ipv6 ipv6/conf/*/disable_policy ipv6/conf/*/drop_unicast_in_l2_multicast ipv6/conf/*/drop_unsolicited_na ipv6/conf/*/enhanced_dad
        ipv6/conf/*/force_forwarding ipv6/conf/*/force_mld_version ipv6/conf/*/force_tllao ipv6/conf/*/forwarding ipv6/conf/*/hop_limit
        ipv6/conf/*/ignore_routes_with_linkdown ipv6/conf/*/ioam6_enabled ipv6/conf/*/ioam6_id ipv6/conf/*/ioam6_id_wide ipv6/conf/*/keep_addr_on_down
        ipv6/conf/*/max_addresses ipv6/conf/*/max_desync_factor ipv6/conf/*/mc_forwarding ipv6/conf/*/mldv1_unsolicited_report_interval
        ipv6/conf/*/mldv2_unsolicited_report_interval ipv6/conf/*/mtu ipv6/conf/*/ndisc_evict_nocarrier ipv6/conf/*/ndisc_notify ipv6/conf/*/ndisc_tclass
        ipv6/conf/*/optimistic_dad ipv6/conf/*/proxy_ndp ipv6/conf/*/ra_defrtr_metric ipv6/conf/*/ra_honor_pio_life ipv6/conf/*/ra_honor_pio_pflag
        ipv6/conf/*/regen_max_retry ipv6/conf/*/regen_min_advance ipv6/conf/*/router_probe_interval ipv6/conf/*/router_solicitation_delay
        ipv6/conf/*/router_solicitation_interval ipv6/conf/*/router_solicitation_max_interval ipv6/conf/*/router_solicitations ipv6/conf/*/rpl_seg_enabled
        ipv6/conf/*/seg6_enabled ipv6/conf/*/seg6_require_hmac ipv6/conf/*/stable_secret ipv6/conf/*/suppress_frag_ndisc ipv6/conf/*/temp_prefered_lft
        ipv6/conf/*/temp_valid_lft ipv6/conf/*/use_oif_addrs_only ipv6/conf/*/use_optimistic ipv6/conf/*/use_tempaddr ipv6/fib_multipath_hash_fields
        ipv6/fib_multipath_hash_policy ipv6/fib_notify_on_flag_change ipv6/flowlabel_consistency ipv6/flowlabel_reflect ipv6/flowlabel_state_ranges
        ipv6/fwmark_reflect ipv6/icmp/echo_ignore_all ipv6/icmp/echo_ignore_anycast ipv6/icmp/echo_ignore_multicast ipv6/icmp/error_anycast_as_unicast
        ipv6/icmp/ratelimit ipv6/icmp/ratemask ipv6/idgen_delay ipv6/idgen_retries ipv6/ioam6_id ipv6/ioam6_id_wide ipv6/ip6frag_high_thresh
        ipv6/ip6frag_low_thresh ipv6/ip6frag_time ipv6/ip_nonlocal_bind ipv6/max_dst_opts_length ipv6/max_dst_opts_number ipv6/max_hbh_length
        ipv6/max_hbh_opts_number ipv6/neigh/*/anycast_delay ipv6/neigh/*/app_solicit ipv6/neigh/*/base_reachable_time ipv6/neigh/*/base_reachable_time_ms
        ipv6/neigh/*/delay_first_probe_time ipv6/neigh/*/gc_stale_time ipv6/neigh/*/interval_probe_time_ms ipv6/neigh/*/locktime ipv6/neigh/*/mcast_resolicit
        ipv6/neigh/*/mcast_solicit ipv6/neigh/*/proxy_delay ipv6/neigh/*/proxy_qlen ipv6/neigh/*/retrans_time ipv6/neigh/*/retrans_time_ms
        ipv6/neigh/*/ucast_solicit ipv6/neigh/*/unres_qlen ipv6/neigh/*/unres_qlen_bytes ipv6/route/max_size ipv6/seg6_flowlabel ipv6/xfrm6_gc_thresh
        """.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Is there such a key? The interface in net.ipv4.conf.IF and its kin may be any; keys outside net.ipv4 and net.ipv6 are taken as there.</summary>
    /// <param name="path">The key with slashes: "net/ipv4/ip_forward".</param>
    public static bool Has(string path)
    {
        var parts = path.Split('/');
        if (parts is not ["net", "ipv4" or "ipv6", ..]) return true;
        if (parts is ["net", _, "conf" or "neigh", _, _, ..]) return Names.Contains($"{parts[1]}/{parts[2]}/*/{parts[^1]}");
        return Names.Contains(path["net/".Length..]);
    }
}
